"""A browser that tests of pages drive: chromium, by its own protocol over a pipe."""

import base64
import json
import os
import subprocess


class Browser:
    """One page in a window of WIDTH pixels."""

    def __init__(self, folder, width=390, height=844):
        up, down = os.pipe(), os.pipe()
        os.dup2(up[0], 3, inheritable=True) if up[0] != 3 else os.set_inheritable(3, True)
        os.dup2(down[1], 4, inheritable=True) if down[1] != 4 else os.set_inheritable(4, True)
        self.log = open(os.path.join(folder, "chromium.log"), "wb")
        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--remote-debugging-pipe", "--user-data-dir=" + os.path.join(folder, "profile")],
            pass_fds=(3, 4), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.to, self.back, self.held, self.number = up[1], down[0], b"", 0
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.resize(width, height)

    def message(self):
        while b"\0" not in self.held:
            got = os.read(self.back, 65536)
            if not got:
                raise EOFError("chromium has ended")
            self.held += got
        one, self.held = self.held.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, **parameters):
        self.number += 1
        asked = {"id": self.number, "method": method, "params": parameters}
        if getattr(self, "session", None):
            asked["sessionId"] = self.session
        os.write(self.to, json.dumps(asked).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(method + ": " + answer["error"]["message"])
                return answer["result"]

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)

    def sign_in(self, name, password):
        word = base64.b64encode(f"{name}:{password}".encode()).decode()
        self.call("Network.enable")
        self.call("Network.setExtraHTTPHeaders", headers={"Authorization": "Basic " + word} if name else {})

    def wait(self):
        while self.message().get("method") != "Page.loadEventFired":
            pass

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.wait()

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(script[:80] + ": " + json.dumps(answer["exceptionDetails"])[:400])
        return answer["result"].get("value")

    def fill(self, **values):
        """Types into fields by their ids; of a choice, the id is chosen."""
        for field, value in values.items():
            self.run(f"""(e => {{ e.focus(); if (e.type === 'radio' || e.type === 'checkbox') e.click();
                else e.value = {json.dumps(value)} }})(document.getElementById({json.dumps(field)}))""")

    def press(self, label):
        """Presses the button with this label, and waits for the page that comes."""
        self.run(f"""[...document.querySelectorAll('button, a')].find(e => e.textContent === {json.dumps(label)}).click()""")
        self.wait()

    def text(self, selector="main"):
        return self.run(f"document.querySelector({json.dumps(selector)}).innerText")

    def shot(self, path):
        height = self.run("document.documentElement.scrollHeight")
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": self.run("innerWidth"), "height": height, "scale": 1})
        with open(path, "wb") as file:
            file.write(base64.b64decode(data["data"]))

    def close(self):
        self.process.kill()
        self.process.wait()
