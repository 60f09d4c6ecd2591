// @ts-check
/**
 * The page comes to life: what is drawn when, and the few things that concern all of it.
 * @module
 */

import { drawComposer, startComposer } from "./composer.js";
import { toast } from "./dialog.js";
import { byId } from "./dom.js";
import { look, openThread, readAddress, settle } from "./go.js";
import { startHolding } from "./hold.js";
import { drawEntries, drawInspector, startInspector } from "./inspector.js";
import { drawEmpty, drawMessages, drawThread } from "./messages.js";
import { rove, roveRows } from "./roving.js";
import { drawHeading, drawPeople, drawPlaces, startSidebar } from "./sidebar.js";
import { drawShow, keepShow, startShow } from "./show.js";
import { watch, where } from "./store.js";
import { drawApp, drawClock, startTopbar } from "./topbar.js";
import { drawTour, startTour } from "./tour.js";
import { drawHome, drawModal } from "./views.js";

startHolding();

watch(["places"], settle);
watch(["people", "where", "me"], drawPeople);
watch(["places", "where", "app", "people"], drawPlaces);
watch(["places", "where", "app", "people", "me"], drawHeading);
watch(["places", "where", "app"], drawComposer);
watch(["messages", "where", "people", "places", "day"], drawMessages);
watch(["messages", "where", "people"], drawEmpty);
watch(["thread", "where", "day"], drawThread);
watch(["home", "where", "day"], drawHome);
watch(["modals"], keepShow);
watch(["modals"], drawModal);
watch(["clock", "where", "people"], drawClock);
watch(["app", "me"], drawApp);
watch(["tour", "show"], drawTour);
watch(["show", "where", "people", "modals"], drawShow);
watch(["wire"], drawInspector);
watch(["entries"], drawEntries);

startComposer(/** @type {HTMLFormElement} */ (byId("composer")), () => null);
startComposer(/** @type {HTMLFormElement} */ (byId("thread-composer")), () => where.thread);
startSidebar();
startTopbar();
startTour();
startShow();
startInspector();

rove(byId("people"), { label: "People", chosen: "[aria-pressed=true]", vertical: true });
rove(document.querySelector("#sidebar .places"), { label: "Conversations", chosen: "[aria-current=page]", vertical: true });
rove(document.getElementById("leaps"), { label: "Let time pass" });
rove(document.querySelector(".tour-side"), { label: "The tour", chosen: ".primary" });
rove(byId("wire"), { items: "summary" });
roveRows(byId("messages"));
roveRows(byId("thread-messages"));

byId("thread-close").addEventListener("click", () => { openThread(null); byId("composer-text").focus(); });
document.addEventListener("followed", (event) => toast(`This leads to ${/** @type {CustomEvent} */ (event).detail}. The sandbox follows no links.`));
window.addEventListener("hashchange", () => { readAddress(); look(); });
for (const name of ["error", "unhandledrejection"]) window.addEventListener(name, () => toast("Something on this page failed. Try again; if it stays so, reload the page.", "error"));

// The address bar says where the viewer is, so a skip link must not write its own target there.
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".skip"))) {
  link.addEventListener("click", (event) => { event.preventDefault(); byId(link.hash.slice(1)).focus(); });
}

readAddress();
look();
