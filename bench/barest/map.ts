// MapLibre with the archive of the phone and the style of the phone, and nothing else: no places, no sheet, no data beside the map.
import { addProtocol, Map as GlMap, prewarm, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { FileSource, PMTiles, Protocol } from "pmtiles";
import { drawImage, style } from "#style/index.ts";

const NAME = "all.pmtiles";

async function archive(): Promise<File> {
  const folder = await navigator.storage.getDirectory();
  try {
    return await (await folder.getFileHandle(NAME)).getFile();
  } catch {
    const answer = await fetch(`/${NAME}`);
    const writable = await (await folder.getFileHandle(NAME, { create: true })).createWritable();
    await answer.body?.pipeTo(writable);
    return (await folder.getFileHandle(NAME)).getFile();
  }
}

setWorkerUrl(worker);
prewarm();
const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);
const opened = new PMTiles(new FileSource(new File([await archive()], "all")));
protocol.add(opened);
const { minLon, minLat, maxLon, maxLat, minZoom } = await opened.getHeader();
const el = document.getElementById("map") as HTMLElement;
const map = new GlMap({
  container: el,
  style: style({ theme: "light", land: "pmtiles://all", over: null }),
  bounds: [minLon, minLat, maxLon, maxLat],
  fitBoundsOptions: { padding: { top: 76, bottom: 80, left: 16, right: 80 } },
  // Under the archive's lowest zoom nothing at all is drawn, and a map that draws nothing is no peer.
  minZoom,
  attributionControl: false,
  renderWorldCopies: false,
  fadeDuration: 0,
  validateStyle: false,
});
map.setMissingStyleImageResolver(async (name) => {
  const image = map.hasImage(name) ? null : drawImage(name, 1);
  if (image) map.addImage(name, image, { pixelRatio: 1 });
});
map.once("idle", () => {
  if (map.queryRenderedFeatures().length === 0) throw new Error("the barest map has drawn nothing");
  el.dataset.mapDrawn = "all";
});
void navigator.serviceWorker.register("/sw.js");
