#!/bin/sh
# Tells Pushline of one deployment, rollback, build or run of tests. POSIX sh and curl alone.
# PUSHLINE_URL is the instance's address or a source's own; PUSHLINE_TOKEN proves it.
set -eu

: "${PUSHLINE_URL:?set it to the address of Pushline, or of a source there}"
: "${PUSHLINE_TOKEN:?set it to a token of scope ingest, or to the source's secret}"
PUSHLINE_EVENT=${PUSHLINE_EVENT:-deployment}
PUSHLINE_STATUS=${PUSHLINE_STATUS:-succeeded}

pushline_now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
pushline_repository=${PUSHLINE_REPOSITORY:-${GITHUB_REPOSITORY:-${CI_PROJECT_PATH:-}}}
pushline_revision=${PUSHLINE_REVISION:-${GITHUB_SHA:-${CI_COMMIT_SHA:-}}}
pushline_run=${GITHUB_RUN_ID:-${CI_PIPELINE_ID:-}}
pushline_started=${PUSHLINE_STARTED_AT:-}
pushline_finished=${PUSHLINE_FINISHED_AT:-}

case "$PUSHLINE_STATUS" in
  success | succeeded | passed) pushline_status=succeeded ;;
  failure | failed) pushline_status=failed ;;
  cancelled | canceled) pushline_status=canceled ;;
  running | queued) pushline_status=$PUSHLINE_STATUS ;;
  *) echo "PUSHLINE_STATUS is $PUSHLINE_STATUS: expected succeeded, failed, canceled, running or queued" >&2; exit 2 ;;
esac
case "$pushline_status" in
  running) pushline_started=${pushline_started:-$pushline_now} ;;
  queued) ;;
  *) pushline_finished=${pushline_finished:-$pushline_now} ;;
esac

# Text within quotes of JSON: no control characters, backslashes and quotes escaped.
pushline_text() {
  printf '%s' "$1" | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g'
}
pushline_member() {
  if [ -n "$2" ]; then printf ',"%s":"%s"' "$1" "$(pushline_text "$2")"; fi
}

case "$PUSHLINE_EVENT" in
  deployment | rollback) pushline_type=deployment ;;
  build | test_run) pushline_type=$PUSHLINE_EVENT ;;
  test-run) pushline_type=test_run ;;
  *) echo "PUSHLINE_EVENT is $PUSHLINE_EVENT: expected deployment, rollback, build or test-run" >&2; exit 2 ;;
esac
pushline_what=${PUSHLINE_SERVICE:-${PUSHLINE_NAME:-$pushline_repository}}
# One run tells of one thing several times under one id: running, then succeeded.
pushline_id=${PUSHLINE_ID:-$PUSHLINE_EVENT:$pushline_what:${PUSHLINE_ENVIRONMENT:-}:${pushline_run:-$pushline_revision:$pushline_now}}

pushline_body=$(
  printf '{"type":"%s"' "$pushline_type"
  pushline_member id "$pushline_id"
  pushline_member status "$pushline_status"
  pushline_member repository "$pushline_repository"
  pushline_member revision "$pushline_revision"
  pushline_member startedAt "$pushline_started"
  pushline_member finishedAt "$pushline_finished"
  case "$pushline_type" in
    deployment)
      pushline_member service "${PUSHLINE_SERVICE:-}"
      pushline_member environment "${PUSHLINE_ENVIRONMENT:-}"
      pushline_member version "${PUSHLINE_VERSION:-}"
      pushline_member artifact "${PUSHLINE_ARTIFACT:-}"
      pushline_member author "${PUSHLINE_AUTHOR:-${GITHUB_ACTOR:-${GITLAB_USER_LOGIN:-}}}"
      pushline_member url "${PUSHLINE_LINK:-${CI_JOB_URL:-}}"
      if [ "$PUSHLINE_EVENT" = rollback ]; then printf ',"kind":"rollback"'; fi
      ;;
    build)
      pushline_member name "${PUSHLINE_NAME:-build}"
      pushline_member branch "${PUSHLINE_BRANCH:-${GITHUB_REF_NAME:-${CI_COMMIT_BRANCH:-}}}"
      pushline_member artifact "${PUSHLINE_ARTIFACT:-}"
      pushline_member url "${PUSHLINE_LINK:-${CI_JOB_URL:-}}"
      ;;
    test_run)
      pushline_member name "${PUSHLINE_NAME:-}"
      pushline_member branch "${PUSHLINE_BRANCH:-${GITHUB_REF_NAME:-${CI_COMMIT_BRANCH:-}}}"
      ;;
  esac
  printf '}'
)

case "$PUSHLINE_URL" in
  */api/webhooks/*) pushline_address=$PUSHLINE_URL ;;
  *) pushline_address=${PUSHLINE_URL%/}/api/v1/events ;;
esac

# The token goes in by a pipe: arguments can be read by every process of the machine.
printf 'header = "Authorization: Bearer %s"\n' "$PUSHLINE_TOKEN" |
  curl --config - --silent --show-error --fail-with-body --retry 5 --retry-connrefused --max-time 60 \
    --header "Content-Type: application/json" --data-binary "$pushline_body" "$pushline_address"
echo
