import { connect, createServer, type SecureContextOptions } from 'node:tls';

/**
 * A TLS handshake on loopback: a server with what was exported, a client that trusts only `root` and wants `name`.
 * Resolves with the negotiated protocol; rejects with the reason of whichever side refused.
 */
export function handshake(server: SecureContextOptions, root: string, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const listener = createServer(server, (socket) => socket.end('hello'));
    listener.on('tlsClientError', reject);
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const client = connect({ port, host: '127.0.0.1', servername: name, ca: root }, () => {
        const protocol = client.getProtocol() ?? 'no protocol';
        client.end();
        listener.close(() => resolve(protocol));
      });
      client.on('error', (cause) => listener.close(() => reject(cause)));
    });
  });
}
