// node shoot.mjs chromium jobs.json out.json bundle.js: renders [{glb, shots: [...]}] with software GL.
// Writes the pictures as base64 PNGs, in order. Reaches nothing but the page that it serves itself.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const [executablePath, jobsFile, outFile, bundle] = process.argv.slice(2);
const jobs = JSON.parse(fs.readFileSync(jobsFile, "utf8"));
const page = "<!doctype html><style>body{margin:0}</style><body><script src='/bundle.js'></script>";
const files = new Map([["/bundle.js", path.resolve(bundle)]]);
jobs.forEach((job, k) => files.set(`/${k}.glb`, path.resolve(job.glb)));
const server = http.createServer((request, response) => {
  const file = files.get(request.url);
  response.writeHead(file || request.url === "/" ? 200 : 404, {
    "content-type": file?.endsWith(".js") ? "text/javascript" : file ? "model/gltf-binary" : "text/html",
  });
  response.end(file ? fs.readFileSync(file) : request.url === "/" ? page : "");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(600_000); // software rendering beside other work takes minutes
  tab.on("pageerror", (error) => console.error(error.message));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction("window.ready");
  const pictures = [];
  for (const [k, job] of jobs.entries()) {
    await tab.evaluate((url) => window.load(url), `/${k}.glb`);
    for (const shot of job.shots) {
      const url = await tab.evaluate((given) => window.shoot(given), shot);
      pictures.push(url.slice(url.indexOf(",") + 1));
    }
  }
  fs.writeFileSync(outFile, JSON.stringify(pictures));
} finally {
  await browser.close();
  server.close();
}
