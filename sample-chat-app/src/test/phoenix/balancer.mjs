import net from 'node:net';

/** A load balancer for TCP: round robin over nodes, the next one if a node does not listen. */
export async function balance(urls) {
  const ports = urls.map((url) => Number(new URL(url).port));
  let turn = 0;
  const connect = (client, tries) => {
    const server = net.connect(ports[turn++ % ports.length], '127.0.0.1');
    server.once('connect', () => {
      client.pipe(server).pipe(client);
      client.once('close', () => server.destroy());
      server.once('close', () => client.destroy());
    });
    server.once('error', () => (server.connecting && tries > 1 ? connect(client, tries - 1) : client.destroy()));
    client.on('error', () => server.destroy());
  };
  const balancer = net.createServer((client) => connect(client, ports.length));
  await new Promise((resolve) => balancer.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${balancer.address().port}`;
}
