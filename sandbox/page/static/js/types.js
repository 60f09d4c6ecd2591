/**
 * Shapes of what the server sends; see sandbox/page/screens.py, hours.py and wire.py.
 * @module
 */

/**
 * @typedef {{id: string, name: string, handle: string, title: string, tz: string, bot: boolean, admin: boolean,
 *   guest: boolean, deleted: boolean, unread: number}} Person
 * @typedef {{id: string, kind: "public"|"private"|"im"|"mpim", name: string, members: string[], joined: boolean,
 *   archived: boolean, unread: number, mentions: number}} Place
 * @typedef {{type: string, block_id: string, [key: string]: any}} Block
 * @typedef {{type: string, action_id: string, [key: string]: any}} Element_
 * @typedef {Record<string, Record<string, Record<string, any>>>} Values
 * @typedef {{ts: string, channel: string, user: string, text: string, blocks: Block[], attachments: any[],
 *   by_app: boolean, ephemeral: boolean, edited: boolean, subtype: string|null, thread_ts: string|null,
 *   reactions: {name: string, users: string[]}[], files: any[],
 *   replies: {count: number, last: string, users: string[]}|null, values: Values}} Message
 * @typedef {{id: string, kind: "modal"|"home", title: string|null, submit: string|null, close: string|null,
 *   blocks: Block[], values: Values, errors: Record<string, string>, version: number}} View
 * @typedef {{name: string, bot: string, installed: boolean, socket_mode: boolean, connections: number,
 *   home_tab: boolean, messages_tab: boolean, read_only: boolean,
 *   commands: {name: string, description: string, usage: string}[]}} App
 * @typedef {{now: number, movable: boolean, busy?: boolean, next?: number|null}} Clock
 * @typedef {{title: string, text: string, who: string|null, where: string|null, types: string|null,
 *   leap: string|null, done: string|null}} Step
 * @typedef {{title: string, steps: Step[], ticked: number[]}} Tour
 * @typedef {{number: number, of: number, title: string, text: string, who: string|null, where: string|null}} Scene
 * @typedef {{number: number, way: "in"|"out", name: string, about: string, at: string|null, status: number|null,
 *   milliseconds: number|null, error: string|null, reasons: string[], effect: boolean, sent: any, answer: any}} Entry
 * @typedef {{value: string, text: string, description?: string}} Choice
 * @typedef {{view: string}|{channel: string, ts: string}} SurfaceAt
 */

export {};
