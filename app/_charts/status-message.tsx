import type { Status } from "./types";

interface StatusMessageProps {
  status: Status | undefined;
  empty: boolean;
  /** What is said where there is nothing. */
  emptyText?: string;
}

/** What stands over a chart that has nothing to show: loading, failed, or no data. */
export function StatusMessage({
  status = { state: "ready" },
  empty,
  emptyText = "No data in this time range",
}: StatusMessageProps) {
  switch (status.state) {
    case "loading":
      return (
        <div className="chart-skeleton">
          <span className="chart-hidden" role="status">
            Loading
          </span>
        </div>
      );
    case "error":
      return (
        <div className="chart-message" data-state="error" role="alert">
          <span>{status.message}</span>
          {status.onRetry && (
            <button type="button" onClick={status.onRetry}>
              Try again
            </button>
          )}
        </div>
      );
    case "ready":
      return empty ? (
        <div className="chart-message" data-state="empty">
          <span>{emptyText}</span>
        </div>
      ) : null;
  }
}
