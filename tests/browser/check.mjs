// Opens pages in a real browser and says what is wrong with them, as one JSON object a line.
// Usage: node check.mjs CHROMIUM MODE FILE… — MODE is light, dark, phone, forced or print.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const [program, mode, ...files] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: program,
  args: process.getuid && process.getuid() === 0 ? ["--no-sandbox"] : [],
});
try {
  for (const file of files) {
    const context = await browser.newContext({
      // The page's own policy forbids every script, axe's too.
      bypassCSP: true,
      viewport: mode === "phone" ? { width: 320, height: 640 } : { width: 1080, height: 900 },
      colorScheme: mode === "dark" ? "dark" : "light",
      forcedColors: mode === "forced" ? "active" : "none",
    });
    const page = await context.newPage();
    const asked = [];
    const complaints = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    if (mode === "print") await page.emulateMedia({ media: "print" });
    await page.goto(pathToFileURL(file).href);
    const wide = await page.evaluate(() => {
      for (const each of document.querySelectorAll("details")) each.open = true;
      return document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
    await page.addScriptTag({ path: axe });
    const found = await page.evaluate(() =>
      axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
    );
    console.log(
      JSON.stringify({
        file,
        mode,
        violations: found.violations.map((each) => ({
          id: each.id,
          nodes: each.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`),
        })),
        passes: found.passes.length,
        requests: asked.filter((url) => !url.startsWith("data:") && url !== pathToFileURL(file).href),
        wide,
        complaints,
      }),
    );
    await context.close();
  }
} finally {
  await browser.close();
}
