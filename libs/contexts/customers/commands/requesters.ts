import { createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import {
  CommandRunner,
  EVENT_STORE,
  EventCodec,
  type EventStore,
  readWhole,
  streamName,
} from '@ledgerdesk/event-store';
import { type CommandContext, DomainError, fold, nameId, newId, type Recorded } from '@ledgerdesk/kernel';
import { addressDecider } from '../domain/address.decider.js';
import { addressText } from '../domain/customer-text.js';
import { RegisterCustomer, ReserveAddress } from '../domain/customer.commands.js';
import type { AddressEvent } from '../domain/customer.events.js';
import { customerDecider } from '../domain/customer.decider.js';
import { addressIdOf } from './address-ids.js';
import { MovedAddresses } from './moved-addresses.js';

/** The customer behind an address. `keyId` seals everything personal about them. */
export interface Requester {
  readonly customerId: string;
  readonly keyId: string;
}

/** About 200 bytes each. */
const MOST_REMEMBERED = 50_000;

/**
 * Finds the customer who has an address, and registers one when nobody has it. The reservation of the address comes first, then the
 * customer, and only then may anything refer to them; stopped anywhere in between, the next one to use the address goes on.
 */
@Injectable()
export class Requesters {
  readonly #known = new LRUCache<string, Requester>({ max: MOST_REMEMBERED });
  readonly #looking = new Map<string, Promise<Requester>>();
  readonly #key: KeyObject;

  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(MovedAddresses) private readonly moved: MovedAddresses,
    @Inject(CONFIGURATION) { installationKey }: Pick<Configuration, 'installationKey'>,
  ) {
    // A key object, because turning bytes into a key costs several times as much as using it.
    this.#key = createSecretKey(deriveKey(installationKey, 'address-index'));
  }

  /** Id of the reservation of an address. @throws DomainError invalid `customer.address-invalid` */
  async heldAs(workspaceId: string, address: string): Promise<string> {
    return this.moved.heldAs(workspaceId, this.addressId(workspaceId, address));
  }

  /** The id that this installation makes of an address, which is that of its reservation unless that was made elsewhere. */
  addressId(workspaceId: string, address: string): string {
    return addressIdOf(this.#key, workspaceId, addressText(address));
  }

  /** @throws DomainError invalid `customer.address-invalid`, `customer.name-empty`, `customer.name-too-long` */
  async of(address: string, name: string, issued: CommandContext): Promise<Requester> {
    const addressId = this.addressId(issued.workspaceId, address);
    const known = this.#known.get(addressId);
    if (known) return known;
    const looking = this.#looking.get(addressId);
    if (looking) return looking;
    const found = this.#findOrRegister(address, name, issued);
    this.#looking.set(addressId, found);
    try {
      const requester = await found;
      this.#known.set(addressId, requester);
      return requester;
    } finally {
      this.#looking.delete(addressId);
    }
  }

  /** The customer behind the address was erased: the next one to use it is somebody new. */
  forget(address: string, workspaceId: string): void {
    this.#known.delete(this.addressId(workspaceId, address));
  }

  async #findOrRegister(address: string, name: string, issued: CommandContext): Promise<Requester> {
    const addressId = await this.heldAs(issued.workspaceId, address);
    const customerId = newId();
    const registration = (holder: Requester): RegisterCustomer =>
      new RegisterCustomer(holder.customerId, { keyId: holder.keyId, name, address: { addressId, address } });
    const wanted = { customerId, keyId: customerId };
    registration(wanted); // refuses a bad name before anything is reserved
    const holder = await this.#reserveOrFind(addressId, wanted, issued);
    const registering = step(issued, 'register-customer', holder.customerId);
    await this.runner.run(customerDecider, registration(holder), { ...registering, newAggregate: customerId });
    return holder;
  }

  /** @throws DomainError conflict `customer.address-taken` */
  async reserve(addressId: string, { customerId, keyId }: Requester, issued: CommandContext): Promise<Requester> {
    const context = step(issued, 'reserve-address', addressId);
    const command = new ReserveAddress(addressId, customerId, keyId);
    const { state } = await this.runner.run(addressDecider, command, context);
    return state ?? { customerId, keyId };
  }

  /** Who has the address: the customer who wanted it, or whoever came first. */
  async #reserveOrFind(addressId: string, wanted: Requester, issued: CommandContext): Promise<Requester> {
    try {
      return await this.reserve(addressId, wanted, issued);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'customer.address-taken') throw error;
    }
    const stored = await readWhole(this.store, streamName('address', issued.workspaceId, addressId));
    const holder = fold(addressDecider, this.codec.sealedView(stored) as readonly Recorded<AddressEvent>[]);
    if (!holder) throw new DomainError('conflict', 'customer.address-released', 'The address was released meanwhile.');
    return holder;
  }
}

/** The context of one step of a larger command: its own command id, the same on every retry. */
function step(issued: CommandContext, name: string, id: string): CommandContext {
  const { basedOn: _basedOn, ...rest } = issued;
  return { ...rest, commandId: nameId(name, issued.commandId, id), causationId: issued.commandId };
}
