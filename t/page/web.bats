#!/usr/bin/env bats
# The pages in a browser, served as make demo-web serves them: a request from its filing to its rating.

load ../lib/base

teardown() {
    [ -z "${demo-}" ] || kill "$demo" 2>/dev/null || true
    [ -z "${demo-}" ] || wait "$demo" || true
}

@test "filed, answered by a clerk, rated: by a telephone, without a script; axe-core finds no fault" {
    for need in chromium lighttpd; do
        PATH=$PATH:/usr/sbin command -v $need >/dev/null || { echo "$need is missing: make deps-page" >&2; false; }
    done
    [ -e "$TREE/build/axe.min.js" ] || echo "# without axe-core: npm would take it in" >&3
    DEMO_SECONDS=120 QIFU_BIN=$BIN sh "$TREE/share/demo/web" "$T/demo" >address 2>server.log 3>&- &
    demo=$!
    for _ in {1..150}; do [ ! -s address ] || break; sleep 0.2; done
    export URL QIFU_DB=$T/demo/center.db QIFU_CONFIG=$T/demo/conf
    URL=$(sed -n 's|.*\(http://127.0.0.1:[0-9]*\)/ (.*|\1|p' address | head -n 1)
    TREE=$TREE SHOTS=${SHOTS-} PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$TREE/t/lib timeout 100 python3 - >walk 2>walk.log <<'PY' || { cat walk walk.log server.log >&2; false; }
import os
from browser import Browser

URL, SHOTS = os.environ["URL"], os.environ["SHOTS"]
AXE = os.environ["TREE"] + "/build/axe.min.js"
axe = open(AXE).read() if os.path.exists(AXE) else None
b = Browser(".")

def look(name):
    """The page as a telephone and as a desk have it: nothing sticks out, nothing is wrong."""
    for width in (320, 390, 1200):
        b.resize(width, 844)
        wide = b.run("document.documentElement.scrollWidth > innerWidth")
        small = b.run("[...document.querySelectorAll('button')].filter(e => e.offsetParent && e.offsetHeight < 44).length")
        print(name, width, wide, small)
        if SHOTS:
            b.shot(f"{SHOTS}/{name}-{width}.png")
    b.resize(390, 844)
    if axe:
        b.run("document.querySelectorAll('details').forEach(e => e.open = true)")
        b.run(axe)
        for v in b.run("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"):
            print(name, "axe", v)

b.open(URL + "/")
look("file")
b.press("提交")
look("errors")
b.fill(**{"kind-help": "", "title": "退税没有到账", "body": "三月提交，至今没有到账。", "enterprise": "徐州某某机械公司",
          "contact": "张三", "phone": "13812341234"})
b.press("提交")
look("receipt")
number, word = b.run("[...document.querySelectorAll('dd.word')].map(e => e.innerText)")
b.run("document.querySelector('main a').click()")
b.wait()
look("track")
b.fill(d="1234")
b.press("查询")
look("state")
print(b.run("[...document.querySelectorAll('dd')].map(e => e.innerText)[3]"))
b.sign_in("desk", "desk")
b.open(URL + "/web-center")
look("center")
b.run(f"[...document.querySelectorAll('li a')].find(e => e.textContent.startsWith('{number} ')).click()")
b.wait()
look("pooled")
print(b.run("document.getElementById('route-to').value"))
b.press("派发")
print(b.text(".good"))
b.sign_in("li", "li")
b.open(URL + "/web-desk")
look("desk")
b.run(f"[...document.querySelectorAll('li a')].find(e => e.textContent.startsWith('{number} ')).click()")
b.wait()
look("ticket")
b.press("签收")
print(b.text(".good"))
b.press("答复")
look("refused")
print(b.text(".summary"))
b.fill(**{"answer-text": "已于今日退库，请查收。", "resolved": ""})
b.press("答复")
print(b.text(".good"))
b.sign_in(None, None)
b.open(URL + "/web-track")
b.fill(n=number, t=word, d="1234")
b.press("查询")
look("answer")
b.fill(**{"score-2": "", "text": "到账金额不对"})
b.press("提交评价")
look("rated")
print(b.text(".good"))
b.close()
PY
    same "$(grep -v ' False 0$' walk)" "待派发
tax
已办理：派发。
已办理：签收。
请更正后再提交
请填写答复内容
已办理：答复。
感谢您的评价。"
    same "$(grep -c ' False 0$' walk)" 36
    same "$(ticket-show -F json 3 | jq -r '.title, .state, .rating')" "退税没有到账
rated
2"
    gives 0 "" "" center-check -q
}
