#!/bin/sh
# Asks MLOpsGovernance whether a model version may be deployed: curl-gate.sh MODEL VERSION ENVIRONMENT FILE|sha256:DIGEST
# Needs MLGOV_SERVER and MLGOV_TOKEN. Ends with 0 allowed, 1 denied, 2 wrong usage or credential, 3 no decision. Whatever is not an allow ends non-zero.
set -eu
LC_ALL=C; export LC_ALL
fail() { code=$1; shift; echo "curl-gate: $*" >&2; exit "$code"; }
[ $# -eq 4 ] || fail 2 "usage: $0 MODEL VERSION ENVIRONMENT FILE|sha256:DIGEST"
case $1 in ''|*[!a-z0-9._-]*) fail 2 "'$1' is no model" ;; esac
case $2 in ''|0*|*[!0-9]*) fail 2 "'$2' is no version: versions are whole numbers from 1" ;; esac
case $3 in ''|*[!a-z0-9._-]*) fail 2 "'$3' is no environment" ;; esac
case ${MLGOV_SERVER:-} in http://?*|https://?*) ;; *) fail 2 "MLGOV_SERVER is no address" ;; esac
case ${MLGOV_TOKEN:-} in ''|*[!!-~]*|*[\"\\]*) fail 2 "MLGOV_TOKEN is no token" ;; esac
case $4 in sha256:*) digest=$4 ;; *) digest=sha256:$(sha256sum < "$4" | cut -d' ' -f1) ;; esac
hex=${digest#sha256:}
case $hex in *[!0-9a-f]*) fail 2 "'$4' is no digest" ;; esac
[ ${#hex} -eq 64 ] || fail 2 "'$4' is neither a file that can be read nor a digest"
key=curl-gate-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n') # one key for all tries of this check, and of no other
body=$(mktemp); trap 'rm -f "$body"' EXIT
status=$(printf 'header = "Authorization: Bearer %s"\n' "$MLGOV_TOKEN" | curl -q --config - --silent --show-error --proto '=http,https' \
  --max-time "${MLGOV_TIMEOUT:-20}" --retry "${MLGOV_RETRIES:-3}" --retry-connrefused --retry-max-time 60 --max-filesize 1048576 \
  --header 'Content-Type: application/json' --header "Idempotency-Key: $key" --output "$body" --write-out '%{http_code}' \
  --data "{\"model\":\"$1\",\"version\":$2,\"environment\":\"$3\",\"artifactDigest\":\"$digest\"}" "${MLGOV_SERVER%/}/api/v1/policy-checks") || fail 3 "no answer"
case $status in 200) ;; 408|429) fail 3 "the server answered $status" ;; 4??) cat "$body" >&2; fail 2 "the server answered $status" ;; *) fail 3 "the server answered $status" ;; esac
# The members at the top of one whole JSON object, without spaces, escapes and what is nested: a text that says "allowed" does not count.
decision=,$(awk '{ s = s $0 "\n" } END { for (i = 1; i <= length(s); i++) { c = substr(s, i, 1); if (q && c == "\\") { i++; continue }
  if (!q && c ~ /[ \t\r\n]/) continue; if (n == "" && (c != "{" || done++)) exit 1; if (c == "\"") q = !q
  if (!q && c ~ /[{[]/) { n = n c; continue }
  if (!q && c ~ /[]}]/) { if (substr(n, length(n)) != (c == "}" ? "{" : "[")) exit 1; n = substr(n, 1, length(n) - 1); continue }
  if (length(n) == 1) out = out c } if (q || n != "" || !done) exit 1; print out }' "$body"), || fail 3 "the answer is not whole"
case $decision in *'"allowed":'*'"allowed":'*|*'"outcome":'*'"outcome":'*) fail 3 "the answer contradicts itself" ;; esac
case $decision in *',"outcome":"deny",'*) cat "$body" >&2; fail 1 "denied" ;; *',"outcome":"allow",'*|*',"outcome":"warn",'*) ;; *) fail 3 "no decision" ;; esac
for part in '"allowed":true' '"dryRun":false' '"action":"deploy"' "\"model\":\"$1\"" "\"version\":$2" "\"environment\":\"$3\"" "\"artifactDigest\":\"$digest\""; do
  case $decision in *",$part,"*) ;; *) fail 3 "the answer is not for this question" ;; esac
done
case $decision in *',"decisionId":"'[!\"]*) cat "$body" ;; *) fail 3 "the decision has no id" ;; esac
