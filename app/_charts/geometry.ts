/** The frame that every graph of a stack shares, so that one time lies at one x in all of them. */
export const plot = {
  /** Room for the y axis' labels and the lanes' names. */
  left: 56,
  right: 14,
  top: 8,
  /** Room for the x axis' labels. */
  bottom: 22,
} as const;

export const defaultHeight = 160;

/** The width that the server assumes until the browser has measured. */
export const assumedWidth = 720;
