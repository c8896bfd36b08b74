// Imports one of the room's modules that import nothing themselves, without a package.json to call them modules.
import { readFile } from "node:fs/promises";

const ROOM = new URL("../../simulator/web/static/room/", import.meta.url);

export async function load(name) {
  const source = await readFile(new URL(name, ROOM), "utf8");
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
}
