/** As much of a browser as a sign-in needs: it goes where it is sent, and keeps cookies by host. */
export class TestBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** @param publicUrl what the desk is called; `deskUrl` is where it really listens */
  constructor(
    private readonly publicUrl: string,
    private readonly deskUrl: string,
  ) {}

  cookies(host: string): Map<string, string> {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }

  /** Those of the desk. */
  get own(): Map<string, string> {
    return this.cookies(new URL(this.publicUrl).host);
  }

  async open(address: string, init: RequestInit = {}): Promise<Response> {
    const jar = this.cookies(new URL(address).host);
    const headers = new Headers(init.headers);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '') headers.set('Cookie', cookie);
    const answer = await fetch(address.replace(this.publicUrl, this.deskUrl), {
      ...init,
      redirect: 'manual',
      headers,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Goes on until a page of the desk or an address of the given kind. */
  async follow(address: string, until: (address: string) => boolean = () => false): Promise<string> {
    let at = address;
    for (let hops = 0; hops < 12; hops += 1) {
      if (until(at) || (at.startsWith(this.publicUrl) && !at.includes('/api/'))) return at;
      const answer = await this.open(at);
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`${at} led nowhere: ${String(answer.status)} ${await answer.text()}`);
      at = new URL(location, at).href;
    }
    throw new Error('The provider and the desk send people round in circles.');
  }
}
