// sync/phone/cursor.ts
/** null for what is no cursor. */
function reached(cursor) {
	const [epoch, seq] = cursor.split(".");
	return epoch && seq && /^\d+$/.test(seq) ? {
		epoch,
		seq: Number(seq)
	} : null;
}

// sync/phone/digest.ts
/** The sum after one thing's `v` went from `old` to `now`; null: not there. */
function moved(digest, old, now) {
	return digest - number(old) + number(now) >>> 0;
}
/** As the wire writes it: 8 hex digits. */
function hex(digest) {
	return digest.toString(16).padStart(8, "0");
}
function number(v) {
	return v === null ? 0 : Number.parseInt(v, 16);
}

// sync/phone/pull.ts
/** A copy that did not add up is read afresh once; if that one does not either, not again before this time. */
const REREAD_MS = 36e5;
/** The server may begin anew while we read; so often in one pull, then the next pull goes on. */
const RESTARTS = 3;
/** Reads a scope to its end. Rejects only where the store does (full, closed); what was committed stays. */
function pull(scope, port, net, around, told = {}) {
	return around.lock("pull", () => new Reading(scope, port, net, around, told).run());
}
/** Deletes a scope from the phone: logging out, 403, 30 days unseen. */
async function forget(scope, port, told = {}) {
	await port.tx(scope, async (tx) => {
		const { next } = await tx.kept();
		await tx.keep({
			shown: null,
			fresh: null,
			next,
			reread_at: null,
			differs: false
		});
		await tx.sweep([]);
	});
	told.news?.({
		what: "gone",
		scope
	});
}
var Reading = class {
	pages = 0;
	restarts = 0;
	reread = false;
	differs = false;
	epoch = null;
	scope;
	port;
	net;
	around;
	told;
	constructor(scope, port, net, around, told) {
		this.scope = scope;
		this.port = port;
		this.net = net;
		this.around = around;
		this.told = told;
	}
	async run() {
		for (;;) {
			const target = await this.port.tx(this.scope, begin);
			let answer;
			try {
				answer = await this.net.page(this.scope, target.cursor, target.reload);
			} catch {
				return this.end("unreached");
			}
			if (answer.status !== 200 || !("body" in answer)) {
				const end = await this.other(answer, target);
				if (end) return end;
				continue;
			}
			if (!isPage(answer.body)) return this.end("unreached");
			const step = await this.take(answer.body, target);
			if (step === "whole") return this.end("done");
			if (step === "overtaken" || step === "trouble") return this.end(step);
		}
	}
	end(end, retry_after_s) {
		const { pages, reread, differs } = this;
		return {
			end,
			pages,
			reread,
			differs,
			...retry_after_s === void 0 ? {} : { retry_after_s }
		};
	}
	/** Any answer but a page. null: go on, a fresh copy has begun. */
	async other(answer, target) {
		const { status, code } = answer;
		if (status === 304) return await this.unchanged(target) ? this.end("done") : this.end("overtaken");
		if (status === 401) return this.end("login");
		if (status === 403 && code !== null && this.scope !== "public") {
			await forget(this.scope, this.port, this.told);
			return this.end("forbidden");
		}
		if (status === 410 && code === "resync" || status === 422 && code === "bad_cursor") {
			if (target.cursor === null || ++this.restarts > RESTARTS) return this.end("trouble");
			return await this.port.tx(this.scope, (tx) => beginAfresh(tx, target)) ? null : this.end("overtaken");
		}
		return this.end("unreached", answer.retry_after_s);
	}
	unchanged(target) {
		return this.port.tx(this.scope, async (tx) => {
			const kept = await tx.kept();
			if (!same(kept.shown, target) || kept.fresh) return false;
			await tx.keep({
				...kept,
				shown: {
					...target,
					read_at: this.around.now()
				}
			});
			this.differs = kept.differs;
			return true;
		});
	}
	async take(page, target) {
		this.pages++;
		const epoch = reached(page.cursor)?.epoch;
		if (epoch === void 0 || page.more && page.cursor === target.cursor) return "trouble";
		if (epoch !== this.epoch) await this.told.epoch?.(epoch);
		this.epoch = epoch;
		const news = [];
		const step = await this.port.tx(this.scope, (tx) => this.write(tx, page, target, news));
		for (const one of news) this.told.news?.(one);
		return step;
	}
	async write(tx, page, target, news) {
		const kept = await tx.kept();
		if (!same(kept.fresh ?? kept.shown, target)) return "overtaken";
		const { gen } = target;
		const digest = await add(tx, target, page.changes);
		await tx.write(gen, page.changes);
		const now = this.around.now();
		const read = {
			gen,
			cursor: page.cursor,
			digest,
			read_at: page.more ? target.read_at : now,
			reload: page.more && target.reload
		};
		const beside = kept.fresh !== null && kept.shown !== null;
		if (!beside) news.push({
			what: "page",
			scope: this.scope,
			gen,
			changes: page.changes
		});
		if (page.more) {
			await tx.keep(kept.fresh ? {
				...kept,
				fresh: read
			} : {
				...kept,
				shown: read
			});
			return "more";
		}
		const right = page.digest === void 0 || page.digest === hex(digest);
		const again = !right && mayReread(kept, now);
		this.reread ||= again;
		this.differs = !right && !again;
		if (again && beside) {
			await tx.keep({
				...kept,
				fresh: blank(kept.next, true),
				next: kept.next + 1,
				reread_at: now
			});
			await tx.sweep([kept.shown?.gen ?? 0]);
			return "again";
		}
		await tx.keep({
			shown: read,
			fresh: again ? blank(kept.next, true) : null,
			next: again ? kept.next + 1 : kept.next,
			reread_at: again ? now : right ? null : kept.reread_at,
			differs: !right
		});
		if (beside) {
			await tx.sweep([gen]);
			news.push({
				what: "swap",
				scope: this.scope,
				gen
			});
		}
		return again ? "again" : "whole";
	}
};
/** What is read next: the copy beside if there is one, else the shown one; the very first time a copy is begun. */
async function begin(tx) {
	const kept = await tx.kept();
	const target = kept.fresh ?? kept.shown;
	if (target) return target;
	const fresh = blank(kept.next, false);
	await tx.keep({
		...kept,
		fresh,
		next: kept.next + 1
	});
	return fresh;
}
/** Another history: a copy is begun beside. What a broken-off first read has brought stays on screen meanwhile. */
async function beginAfresh(tx, target) {
	const kept = await tx.kept();
	if (!same(kept.fresh ?? kept.shown, target)) return false;
	const shown = kept.shown ?? kept.fresh;
	await tx.keep({
		...kept,
		shown,
		fresh: blank(kept.next, target.reload),
		next: kept.next + 1
	});
	await tx.sweep(shown ? [shown.gen] : []);
	return true;
}
function blank(gen, reload) {
	return {
		gen,
		cursor: null,
		digest: 0,
		read_at: null,
		reload
	};
}
/** Nobody else has moved this copy since we asked for its next page. */
function same(kept, target) {
	return kept?.gen === target.gen && kept.cursor === target.cursor;
}
function mayReread(kept, now) {
	return kept.reread_at === null || now - kept.reread_at >= 36e5 || now < kept.reread_at;
}
/** The copy's digest after these changes, from what it holds before them. */
async function add(tx, copy, changes) {
	const held = copy.cursor === null ? [] : await tx.versions(copy.gen, changes);
	const now = /* @__PURE__ */ new Map();
	let digest = copy.digest;
	changes.forEach((change, index) => {
		const key = `${change.kind}\n${change.id}`;
		digest = moved(digest, now.has(key) ? now.get(key) ?? null : held[index] ?? null, change.v);
		now.set(key, change.v);
	});
	return digest;
}
/** A portal's 200 is no page: only the outermost shape is looked at, bodies are the screens'. */
function isPage(page) {
	if (typeof page !== "object" || page === null) return false;
	const { cursor, more, changes } = page;
	return typeof cursor === "string" && typeof more === "boolean" && Array.isArray(changes) && changes.every((c) => typeof c?.kind === "string" && typeof c.id === "string" && c.v === null === (c.body === null) && (c.v === null || typeof c.v === "string" && /^[0-9a-f]{8}$/.test(c.v)));
}

// sync/phone/batch.ts
/** A moment further off than this is a clock that has jumped, not a wait. */
const LONGEST_WAIT_MS = 216e5;
/** First wait after `later`, doubled each time. What a server does not know yet, it will not know in five seconds. */
const FIRST_WAIT_MS = {
	unknown_verb: 6e5,
	blob_missing: 6e4,
	full: 3e5
};
const WAIT_MS = 5e3;
const DOUBLINGS = 10;
/** ms to wait: never less than the server asked for, else doubling; up to 40 % more by `chance`, so that phones come back apart. */
function wait(code, delays, retry_after_s, chance) {
	const ours = (FIRST_WAIT_MS[code] ?? WAIT_MS) * 2 ** Math.min(delays, DOUBLINGS);
	return Math.min(LONGEST_WAIT_MS, Math.max(ours, (retry_after_s ?? 0) * 1e3) * (1 + .4 * chance));
}
function isOpen(op) {
	return op.state === "waiting" || op.state === "sent";
}
/** Not held back by its own clock. What its subject has before it is `pick`'s affair. */
function isDue(op, now) {
	return op.not_before <= now || op.not_before - now > 216e5;
}
/**
* The next batch, in order: all of one credential (so that nothing joins a phone's anonymous ops with its others), within the limits, and
* never past an earlier op of the same subject that stays behind.
*/
function pick(ops, now, limits) {
	const batch = [];
	const behind = /* @__PURE__ */ new Set();
	let bytes = 0;
	for (const op of ops) {
		if (!isOpen(op)) continue;
		const subject = keyOf(op.subject);
		const size = bytesOf(op.line) + 1;
		if (!behind.has(subject) && isDue(op, now) && !limits.without.has(op.credential) && (batch[0] === void 0 || batch[0].credential === op.credential && batch.length < limits.ops && bytes + size <= limits.bytes)) {
			batch.push(op);
			bytes += size;
		} else behind.add(subject);
	}
	return batch;
}
/** When something that waits by the clock is next due; null when nothing does. */
function nextDue(ops, now) {
	const heads = /* @__PURE__ */ new Map();
	for (const op of ops) if (isOpen(op) && !heads.has(keyOf(op.subject))) heads.set(keyOf(op.subject), op.not_before);
	return heads.size === 0 ? null : Math.max(now, Math.min(...heads.values()));
}
function keyOf(subject) {
	return `${subject.kind}\n${subject.id}`;
}
/** UTF-8 bytes of a well-formed string (no TextEncoder in this room's library). */
function bytesOf(text) {
	let bytes = 0;
	for (const char of text) {
		const code = char.codePointAt(0) ?? 0;
		bytes += code < 128 ? 1 : code < 2048 ? 2 : code < 65536 ? 3 : 4;
	}
	return bytes;
}

// sync/phone/wire.gen.ts
const MAX_BYTES = 262144;

// sync/phone/outbox.ts
/** Applied ops stay so long, to be offered again if the server has to begin from a backup. */
const KEPT_MS = 12096e5;
/** Puts an op into the outbox: from here on nothing loses it. */
async function enqueue(doing, port, around) {
	return port.tx(async (tx) => {
		const op = made(doing, lastOrder(await tx.all()) + 1, around);
		await tx.put(op);
		return op;
	});
}
/** The op as an object, for overlay and screens. Never written back: the line is what counts. */
function opOf(kept) {
	const said = JSON.parse(kept.line);
	return {
		...said,
		at: kept.made_at ?? said.at
	};
}
/** The person throws an op away. One that is out may have been applied all the same. */
function discard(id, port) {
	return port.tx((tx) => tx.remove(id));
}
/**
* The person tries again. What was refused gets a new id (the server remembers the old one's answer), changed args if any are given, and
* goes to the end; what waits by the clock is due at once.
*/
function retry(id, port, around, args) {
	return port.tx(async (tx) => {
		const all = await tx.all();
		const old = all.find((op) => op.id === id);
		if (old === void 0 || old.state === "applied") return null;
		if (old.state !== "refused") {
			const due = {
				...old,
				not_before: 0
			};
			await tx.put(due);
			return due;
		}
		const { verb, subject, base, args: before } = opOf(old);
		const op = made({
			verb,
			subject,
			base,
			args: args ?? before,
			credential: old.credential
		}, lastOrder(all) + 1, around);
		await tx.remove(id);
		await tx.put(op);
		return op;
	});
}
/**
* A page or a reply tells the server's epoch. Applied ops that another epoch took go back to waiting, before a copy of the new epoch is
* shown; those of this epoch leave after 14 days. Doing it twice changes nothing.
*/
function epochSeen(epoch, port, now) {
	return port.tx(async (tx) => {
		for (const op of await tx.all()) {
			if (op.state !== "applied") continue;
			if (op.epoch !== epoch) await tx.put({
				...op,
				state: "waiting",
				epoch: null,
				settled_at: null,
				reply: null,
				delays: 0,
				not_before: 0
			});
			else if (op.settled_at !== null && now - op.settled_at > 12096e5) await tx.remove(op.id);
		}
	});
}
/**
* Whether screens still draw this op over what they show. `onScreen`: the cursor of the copy on screen, by scope.
* Refused: no. Applied without `seq`: no (its result is in `own` since the same transaction). Applied: until every copy on screen that
* the reply names is of the reply's epoch and has reached its seq.
*/
function inOverlay(op, onScreen) {
	if (isOpen(op)) return true;
	if (op.state === "refused" || op.reply?.status !== "applied") return false;
	const named = Object.entries(op.reply.seq);
	if (named.length === 0) return false;
	let shown = false;
	for (const [scope, seq] of named) {
		const cursor = onScreen[scope];
		const at = cursor ? reached(cursor) : null;
		if (at === null) continue;
		shown = true;
		if (at.epoch !== op.epoch || at.seq < seq) return true;
	}
	return !shown;
}
/** Sends what is due, batch after batch. Rejects only where the store does. `changed` is told after each step that changed the outbox. */
function send(port, net, around, changed = () => {}) {
	return around.lock("send", async () => {
		const without = /* @__PURE__ */ new Set();
		const settled = [];
		let ops = 100;
		let end = "done";
		let code = null;
		for (;;) {
			const batch = await take(port, around, {
				ops,
				bytes: MAX_BYTES,
				without
			});
			if (batch.length === 0) break;
			changed();
			const answer = await post(batch, net);
			if (answer !== null && "body" in answer && fits(answer.body, batch)) {
				settled.push(...await write(answer.body, batch, port, around));
				await epochSeen(answer.body.epoch, port, around.now());
				changed();
				continue;
			}
			const said = answer === null || "body" in answer ? {
				status: 0,
				code: null
			} : answer;
			const credential = batch[0]?.credential ?? "none";
			if (said.status === 401 || said.status === 403 && said.code === "forbidden" && credential !== "none") {
				await back(batch, port);
				without.add(credential);
				end = "login";
			} else if (tooMuch(said)) {
				if (batch.length > 1) {
					await back(batch, port);
					ops = Math.floor(batch.length / 2);
				} else if (said.status === 413) settled.push(...await refuse(batch, said.code ?? "too_large", port, around));
				else await putOff(batch, said.code ?? "trouble", void 0, port, around);
			} else if (said.code !== null && said.status >= 400 && said.status < 500 && said.status !== 429) {
				await putOff(batch, said.code, said.retry_after_s, port, around);
				end = "trouble";
				code = said.code;
			} else {
				await (said.retry_after_s === void 0 ? back(batch, port) : putOff(batch, "busy", said.retry_after_s, port, around));
				end = "unreached";
				code = said.code;
			}
			changed();
			if (end === "unreached" || end === "trouble") break;
		}
		const waiting = (await port.tx((tx) => tx.all())).filter((op) => !without.has(op.credential));
		return {
			end,
			code,
			without: [...without],
			settled,
			next_at: nextDue(waiting, around.now())
		};
	});
}
function tooMuch({ status, code }) {
	return status === 413 || status === 422 && (code === "too_many" || code === "mixed_credentials");
}
/** null: no answer. */
async function post(batch, net) {
	try {
		return await net.ops(batch.map((op) => `${op.line}\n`).join(""), batch[0]?.credential ?? "none");
	} catch {
		return null;
	}
}
function take(port, around, limits) {
	return port.tx(async (tx) => {
		const batch = pick(await tx.all(), around.now(), limits).map((op) => ({
			...op,
			state: "sent",
			offered: true
		}));
		for (const op of batch) await tx.put(op);
		return batch;
	});
}
/** One result a line, in order; an id is the op's own. Anything else is not an answer to this batch. */
function fits(answer, batch) {
	return typeof answer?.epoch === "string" && Array.isArray(answer.results) && answer.results.length === batch.length && batch.every((op, index) => {
		const result = answer.results[index];
		return result?.status === "applied" && result.id === op.id && typeof result.seq === "object" && result.seq !== null || (result?.status === "refused" || result?.status === "later") && (result.id === op.id || result.id === null);
	});
}
/** Writes down the answers to a batch, all in one transaction. Ops thrown away meanwhile stay away. */
function write(answer, batch, port, around) {
	const { epoch, results } = answer;
	const now = around.now();
	return port.tx(async (tx) => {
		const settled = [];
		const open = new Map((await tx.all()).filter(isOpen).map((op) => [op.id, op]));
		const held = /* @__PURE__ */ new Set();
		for (const [index, { id }] of batch.entries()) {
			const reply = results[index];
			const op = open.get(id);
			if (op === void 0 || reply === void 0) continue;
			if (reply.status === "later") {
				const blocked = reply.code === "blocked" && held.has(keyOf(op.subject));
				const until = blocked ? 0 : now + wait(reply.code, op.delays, reply.retry_after_s, around.random());
				await tx.put({
					...op,
					state: "waiting",
					reply,
					delays: blocked ? op.delays : op.delays + 1,
					not_before: until
				});
				held.add(keyOf(op.subject));
			} else {
				const done = {
					...op,
					state: reply.status,
					reply,
					epoch: reply.status === "applied" ? epoch : null,
					settled_at: now
				};
				await tx.put(done);
				settled.push(done);
			}
		}
		return settled;
	});
}
/** No answer: they wait for the next occasion, as they are. */
function back(batch, port) {
	return each(batch, port, (op) => ({
		...op,
		state: "waiting"
	}));
}
function putOff(batch, code, retry_after_s, port, around) {
	return each(batch, port, (op) => ({
		...op,
		state: "waiting",
		delays: op.delays + 1,
		not_before: around.now() + wait(code, op.delays, retry_after_s, around.random())
	}));
}
/** An op that is too large by itself can never go: it stays with that reason. */
async function refuse(batch, code, port, around) {
	const done = [];
	await each(batch, port, (op) => {
		const refused = {
			...op,
			state: "refused",
			reply: {
				status: "refused",
				id: op.id,
				again: false,
				code
			},
			settled_at: around.now()
		};
		done.push(refused);
		return refused;
	});
	return done;
}
function each(batch, port, change) {
	return port.tx(async (tx) => {
		const ids = new Set(batch.map((op) => op.id));
		for (const op of await tx.all()) if (ids.has(op.id) && isOpen(op)) await tx.put(change(op));
	});
}
function made(doing, order, around) {
	const { verb, subject, args, base = null, credential } = doing;
	const id = around.id();
	const made_at = `${new Date(around.now()).toISOString().slice(0, 19)}Z`;
	const at = credential === "none" ? `${made_at.slice(0, 10)}T00:00:00Z` : made_at;
	return {
		id,
		line: JSON.stringify(wellFormed({
			id,
			verb,
			at,
			subject,
			base,
			args
		})),
		made_at,
		verb,
		subject: {
			kind: subject.kind,
			id: subject.id
		},
		credential,
		order,
		state: "waiting",
		delays: 0,
		offered: false,
		not_before: 0,
		reply: null,
		epoch: null,
		settled_at: null
	};
}
function lastOrder(ops) {
	return ops.reduce((last, op) => Math.max(last, op.order), 0);
}
/** Half a character (a lone surrogate) becomes U+FFFD, in names too: what `toWellFormed` does, which Firefox 115 lacks. */
function wellFormed(value) {
	if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "�");
	if (Array.isArray(value)) return value.map(wellFormed);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wellFormed(name), wellFormed(inner)]));
}

export { KEPT_MS, REREAD_MS, discard, enqueue, epochSeen, forget, hex, inOverlay, moved, opOf, pull, reached, retry, send, wellFormed };