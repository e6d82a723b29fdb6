# Pictures of pages of the test site, by Debian's chromium: sourced by screens and story.

# picture FILE WIDTH HEIGHT LOGIN PATH
picture() {
  local separator='?' home url
  [[ $5 == *\?* ]] && separator='&'
  url="$5${separator}_look_as=$4"
  # Chromium's window is never narrower than 500 pixels.
  [ "$2" -ge 500 ] || url="/frame.html#$2%20$3%20${url//&/%26}"
  home=$(mktemp -d)
  chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --user-data-dir="$home" --window-size="$2,$3" \
    --virtual-time-budget=4000 --lang=fr --screenshot="$1" "$RELANCE_URL$url" >"$home/log" 2>&1 || { tail -5 "$home/log" >&2; rm -rf "$home"; return 1; }
  rm -rf "$home"
}
