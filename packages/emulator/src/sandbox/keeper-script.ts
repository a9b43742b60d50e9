import { descendantsScript } from "./descendants-of.ts";
import { lockLimitPattern, markerVariable } from "./marker.ts";

/**
 * What the keeper does, for any POSIX shell. Arguments: the mark of the sandbox, a folder for pipes. It lives in a session of its own and ignores
 * the signals with which a terminal ends, so that it is still there when the emulator is gone: then its standard input ends, and it kills
 * every group it was told of and everything that carries the mark, or, where nothing tells marks, descends from such a group. That it looks
 * four times is for processes that were just being started, and had neither group nor mark yet.
 */
export const keeperScript: string = `
trap '' HUP INT TERM QUIT PIPE
mark=$1 folder=$2 groups=' '
sweep() {
  others=
  if [ ! -r /proc/self/limits ]; then others=$(${descendantsScript}); fi
  for group in $groups; do kill -9 "-$group"; done
  for pid in $others; do kill -9 "$pid"; done
  for file in $(grep -lsE "${lockLimitPattern("$mark")}" /proc/[0-9]*/limits) \\
    $(grep -lsF "${markerVariable}=$mark." /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -9 "\${pid%%/*}"
  done
}
cleanly=
while read -r verb first second; do
  case $verb in
    start) groups="$groups$first " ;;
    end) case $groups in *" $first "*) groups="\${groups%% $first *} \${groups#* $first }" ;; esac ;;
    pipes)
      names= number=$first
      while [ "$number" -lt "$second" ]; do names="$names $number" number=$((number + 1)); done
      if (cd "$folder" && mkfifo -m 600 $names); then echo "$verb $first done"; else echo "$verb $first failed"; fi ;;
    limit) prlimit --pid "$first" "--data=$second"; echo "$verb $first done" ;;
    bye) cleanly=1; break ;;
  esac
done 2>/dev/null
if [ -n "$cleanly" ]; then sweep; else
  for pause in 0 0.05 0.1 0.3; do sleep $pause; sweep; done
fi 2>/dev/null
rm -rf -- "$folder"
`;
