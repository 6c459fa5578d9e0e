/** What conversations are made of. */
import type { Schemas } from '../api/client';
import type { Sending } from '../lib/sending';

export type Conversation = Schemas['ConversationOut'];
export type Message = Schemas['MessageOut'];
export type Folder = Schemas['Folder'];
/** A message as it is shown: perhaps before the server has it, under its key. */
export interface Line extends Message, Sending {}

/** What lies over a conversation: its menu, a question, or what can be done about one of its messages. */
export type SheetName = 'menu' | 'block' | 'delete' | Line;

/** Whether an id was made later than another: they are numbers in base 59, with letters in their order. */
export function isLater(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}
