// The exam room: joins the answers, the clock, the saver and what is on the page.

import { Clock, remainingByWall } from "./clock.js";
import { FormState, merged, restored } from "./form-state.js";
import { connectKeyboard } from "./keyboard.js";
import { followLife } from "./life.js";
import { forgetRoom, keepRoomOffline } from "./offline.js";
import { connectDismissals, element, say, showNote } from "./page.js";
import { Protocol } from "./protocol.js";
import { moment, Saver } from "./saver.js";
import { Stage } from "./stage.js";
import { openStorage } from "./storage.js";
import { Submission } from "./submit.js";
import { Tabs } from "./tabs.js";
import { TimeUp } from "./time-up.js";
import { TimeView } from "./time-view.js";
import { counted, savingWords } from "./words.js";

/** @typedef {import("./outbox.js").Entry} Entry */

const NOTE_EVERY_MS = 10_000;
// Shortly before the end the time spent is saved once more; afterwards it would count as late.
const CHECKPOINT_MS = 4000;
// Less time than this on a slot is not worth a request of its own; it is saved with the next.
const WORTH_SAVING_MS = 700;
// What is typed is on the device with every key, and goes to the server in a pause this long.
const TYPING_PAUSE_MS = 400;
// How long opening waits for the server before it goes on with what this device kept.
const PATIENCE_MS = { known: 1200, unknown: 8000 };

class Room {
  #moved = false;
  #heardAt = performance.now();
  #notedAt = -Infinity;
  #checkpointed = false;
  /** @type {() => void} */
  #settled = () => {};

  /** @param {any} bootstrap @param {import("./storage.js").Storage} storage */
  constructor(bootstrap, storage) {
    this.storage = storage;
    this.form = new FormState(bootstrap.slots, moment);
    this.stage = new Stage(this.form, { onChange: (slot, typing) => this.#answered(slot, typing), onGo: (slot) => this.#chosen(slot) });
    this.saver = new Saver(new Protocol(bootstrap.urls, bootstrap.csrf_token), storage, {
      onChange: () => this.#showSaving(),
      onSync: (remaining, sentAt, receivedAt) => this.#synced(remaining, sentAt, receivedAt),
      onHeld: (body, kept, dropped) => this.#held(body, kept, dropped),
      onSaved: (entry) => this.form.saved(entry),
      onStale: () => this.#stale(),
      onClosed: (reportUrl) => this.timeUp.end(reportUrl),
      onInvalid: (entry, message) => showNote(`Question ${entry.slot} was not saved: ${message}`),
    });
    this.tabs = new Tabs(bootstrap.attempt_id, (epoch) => this.saver.taken(epoch));
    this.submission = new Submission(this.form, this.saver);
    this.timeView = new TimeView();
    this.timeUp = new TimeUp(this.saver, {
      isTimeUp: () => this.clock.remaining <= 0,
      onEnd: () => this.#end(),
      onResume: () => this.#resume(),
      onAllSaved: () => forgetRoom(),
    });
    this.clock = new Clock({ onTick: (remaining) => this.#tick(remaining), onSleep: () => this.sync() });
    storage.onLost = () => this.#showSaving();
  }

  get #readOnly() {
    return this.saver.standing === "stale" || this.timeUp.active;
  }

  /** Starts from what this device kept, then takes the attempt over. @param {number} remaining by the page's own word */
  async open(remaining) {
    const kept = await this.storage.read();
    this.saver.restore(kept);
    this.form.replaceAll(restored(kept, moment()));
    this.form.current = Math.min(kept.notes?.current_slot ?? 1, this.form.size);
    const last = kept.notes?.synced_at ? remainingByWall(/** @type {any} */ (kept.notes), Date.now()) : Infinity;
    // The page may come from the cache, and its number be old: the smaller guess is the safer one.
    this.clock.guess(Math.min(remaining, last));
    this.#connect();
    const settled = new Promise((resolve) => (this.#settled = () => resolve(undefined)));
    this.saver.pump();
    const patience = kept.notes ? PATIENCE_MS.known : PATIENCE_MS.unknown;
    await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, patience))]);
    this.#show(false);
    this.stage.lock(this.#readOnly);
    void this.storage.sweep();
  }

  /** Asks the server for the time and whether this page still holds the attempt. */
  async sync() {
    const outcome = await this.saver.protocol.state();
    if (this.saver.heard(outcome) && outcome.kind === "done") {
      if (outcome.body.state === "graded") this.timeUp.end(outcome.body.report_url);
      if (outcome.body.epoch > this.saver.epoch && this.saver.standing === "held") this.saver.yield();
      this.saver.retryNow();
    }
    this.#showSaving();
  }

  /** Opens a slot: the one left is saved first, with the time spent, then the one entered. @param {number} slot */
  go(slot) {
    if (slot < 1 || slot > this.form.size) return;
    this.#moved = true;
    this.#leave();
    this.form.current = slot;
    this.#show(true);
  }

  #leave() {
    if (this.form.pause() > WORTH_SAVING_MS) this.#save(this.form.current);
  }

  /** @param {boolean} focus */
  #show(focus) {
    const slot = this.form.current;
    if (!this.#readOnly) this.form.enter(slot);
    this.#save(slot);
    void this.storage.note({ current_slot: slot });
    this.stage.showQuestion(focus);
  }

  /** @param {number} slot */
  #chosen(slot) {
    this.stage.panel.closeSheet();
    this.go(slot);
  }

  #review() {
    this.#leave();
    this.stage.showReview();
  }

  /** @param {number} slot @param {boolean} typing whether more of it is on its way */
  #answered(slot, typing = false) {
    this.form.countTime();
    this.#save(slot, typing ? TYPING_PAUSE_MS : 0);
    this.stage.refresh();
  }

  #flag() {
    if (this.#readOnly || this.stage.reviewing) return;
    const slot = this.form.current;
    this.form.change(slot, { flagged: !this.form.flagged(slot) });
    this.#answered(slot);
  }

  /** @param {number} slot @param {number} pauseMs */
  #save(slot, pauseMs = 0) {
    if (!this.#readOnly) void this.saver.enqueue(this.form.entry(slot), pauseMs);
  }

  /** Saves the time spent so far on the open slot. */
  #checkpoint() {
    if (this.form.countTime() > WORTH_SAVING_MS) this.#save(this.form.current);
  }

  #showSaving() {
    const { standing, link, savedAt, waiting } = this.saver;
    const { text, tone } = savingWords({ standing, link, savedAt, waiting: waiting.size, durable: this.storage.durable });
    const line = element("saving-state");
    if (line.textContent !== text) line.textContent = text;
    if (tone === "warn" && line.dataset.tone !== "warn") say(text);
    if (tone === "good" && line.dataset.tone === "warn") say("All answers are saved");
    // Between trouble and its end there is "Saving…", which is neither.
    if (tone !== "busy" || line.dataset.tone !== "warn") line.dataset.tone = tone;
    element("memory-note").hidden = this.storage.durable;
    element("stale-waiting").textContent = waiting.size ? `${counted(waiting.size, "answer")} given here not saved yet.` : "";
    this.submission.refresh();
    this.timeUp.refresh();
    if (link !== "online") this.#settled();
  }

  /** @param {number} remaining @param {number} sentAt @param {number} receivedAt */
  #synced(remaining, sentAt, receivedAt) {
    this.#heardAt = receivedAt;
    this.clock.sync(remaining, sentAt, receivedAt);
    if (receivedAt - this.#notedAt < NOTE_EVERY_MS) return;
    this.#notedAt = receivedAt;
    const { epoch, sequence, protocol } = this.saver;
    const saved_at = this.saver.savedAt ?? undefined;
    const csrf_token = protocol.csrfToken;
    void this.storage.note({ epoch, sequence, csrf_token, saved_at, remaining_ms: remaining, synced_at: Date.now() });
  }

  /** This page holds the attempt now. @param {any} body @param {Entry[]} kept @param {Entry[]} dropped */
  #held(body, kept, dropped) {
    this.form.countTime();
    this.form.replaceAll(merged(body.answers, kept, moment()));
    this.#notedAt = -Infinity;
    this.tabs.announce(body.epoch);
    void this.storage.note({ epoch: body.epoch, sequence: this.saver.sequence, csrf_token: this.saver.protocol.csrfToken });
    element("stale-banner").hidden = true;
    if (dropped.length) {
      const slots = dropped.map((entry) => entry.slot).sort((a, b) => a - b).join(", ");
      const which = `${dropped.length === 1 ? "question" : "questions"} ${slots}`;
      showNote(`Newer answers from another tab or device took the place of what waited here (${which}).`);
    }
    const slot = kept.at(-1)?.slot ?? body.current_slot;
    if (!this.#moved && slot) this.form.current = Math.min(slot, this.form.size);
    this.#settled();
    if (!this.stage.opened) return;
    this.stage.lock(this.#readOnly);
    if (!this.stage.reviewing) this.#show(false);
  }

  #stale() {
    this.form.pause();
    this.submission.close();
    element("stale-banner").hidden = false;
    this.stage.lock(true);
    element("stale-banner").focus();
    this.#settled();
  }

  #continueHere() {
    this.#moved = false;
    this.saver.takeOver();
  }

  /** @param {number} remaining */
  #tick(remaining) {
    this.timeView.show(remaining);
    if (remaining <= CHECKPOINT_MS && remaining > 0 && !this.#checkpointed) {
      this.#checkpointed = true;
      this.#checkpoint();
    }
    if (remaining <= 0) void this.timeUp.begin();
  }

  #end() {
    this.form.pause();
    this.submission.close();
    this.stage.lock(true);
    this.stage.cover(true);
    this.#settled();
  }

  #resume() {
    this.#checkpointed = false;
    this.stage.cover(false);
    this.stage.lock(this.#readOnly);
    this.#show(true);
    say("There is time left. Go on.");
  }

  #connect() {
    const { stage } = this;
    this.stage.view.lock(true);
    const here = (/** @type {() => void} */ run) => () => !stage.reviewing && run();
    const commands = {
      next: here(() => this.go(this.form.current + 1)),
      previous: here(() => this.go(this.form.current - 1)),
      choose: (/** @type {number} */ option) => !stage.reviewing && stage.view.choose(this.form.current, option),
      strike: (/** @type {number} */ option) => !stage.reviewing && stage.view.strike(this.form.current, option),
      flag: () => this.#flag(),
      goTo: here(() => stage.panel.toggle()),
      review: () => (stage.reviewing ? this.go(this.form.current) : this.#review()),
      hide: () => this.timeView.toggle(),
      help: () => element("keyboard-dialog").showModal(),
    };
    const click = (/** @type {string} */ id, /** @type {() => void} */ run) => element(id).addEventListener("click", run);
    click("next", commands.next);
    click("previous", commands.previous);
    click("flag", commands.flag);
    click("open-review", commands.review);
    click("close-review", commands.review);
    click("submit-exam", () => this.submission.ask());
    click("continue-here", () => this.#continueHere());
    connectDismissals();
    connectKeyboard(commands);
    this.#followLife();
  }

  #followLife() {
    followLife({
      onOnline: () => {
        this.saver.retryNow();
        void this.sync();
      },
      onOffline: () => {
        this.saver.heard({ kind: "offline" });
        this.#showSaving();
      },
      onShown: () => void this.sync(),
      onHidden: () => this.#checkpoint(),
      onLeave: () => {
        if (this.submission.leaving) return;
        this.#checkpoint();
        this.saver.lastChance();
      },
      onReturn: () => {
        this.submission.leaving = false;
        this.saver.takeOver();
      },
      onQuiet: () => this.saver.standing !== "closed" && !this.saver.inFlight.size && void this.sync(),
      quietFor: () => performance.now() - this.#heardAt,
      isTroubled: () => this.saver.link !== "online",
    });
  }
}

const bootstrap = JSON.parse(element("room-bootstrap").textContent);
const room = new Room(bootstrap, await openStorage(bootstrap.attempt_id));
await room.open(bootstrap.remaining_ms);
void keepRoomOffline(document.body.dataset.serviceWorker ?? "/service-worker.js");
