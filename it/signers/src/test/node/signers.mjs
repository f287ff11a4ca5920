// Signs requests with the clients of other vendors, and verifies with theirs. Reads one JSON object a line and writes one for each:
// {"peer", "method", "url", "headers": [[name, value], …], "body": base64, …} becomes the same four, signed, or {"valid": true|false}
// for a peer whose name starts with "verify:", or {"error"}.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign as rawSign, timingSafeEqual, verify as rawVerify } from 'node:crypto';
import { createInterface } from 'node:readline';

const lines = (headers) => Object.entries(headers).flatMap(([name, value]) => [].concat(value).map((one) => [name, String(one)]));
const record = (headers) => Object.fromEntries(headers);
const escaped = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());

/** The request with these fields behind its own. */
const adding = (request, ...headers) => ({ ...request, headers: [...request.headers, ...headers] });

// AWS Signature Version 4

const credentials = (request) => ({
  accessKeyId: request.keyId,
  secretAccessKey: request.secret,
  ...(request.sessionToken ? { sessionToken: request.sessionToken } : {}),
});

/** aws4 sends the path that it gives back, which it may have rewritten. */
async function aws4(request) {
  const { default: aws4 } = await import('aws4');
  const target = new RegExp('^([a-z]+://([^/]+))(.*)$').exec(request.url);
  const signed = aws4.sign(
    {
      host: target[2],
      path: target[3],
      method: request.method,
      headers: record(request.headers),
      body: request.bytes.length === 0 ? undefined : request.bytes,
      service: request.service,
      region: request.region,
      signQuery: request.presign,
      // Sent, and not signed: for comparing with what others signed.
      extraHeadersToIgnore: Object.fromEntries((request.unsigned ?? []).map((name) => [name, true])),
    },
    credentials(request),
  );
  return { ...request, url: target[1] + signed.path, headers: lines(signed.headers) };
}

/** Smithy signs a request in parts; they are put together again as its own clients do, with every value escaped. */
async function smithy(request) {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { Sha256 } = await import('@aws-crypto/sha256-js');
  const target = new RegExp('^([a-z]+:)//([^/:]+):([0-9]+)([^?]*)[?]?(.*)$').exec(request.url);
  const query = {};
  for (const [name, value] of new URLSearchParams(target[5])) {
    query[name] = name in query ? [].concat(query[name], value) : value;
  }
  const signer = new SignatureV4({
    credentials: credentials(request),
    region: request.region,
    service: request.service,
    sha256: Sha256,
    uriEscapePath: request.service !== 's3',
  });
  const unsigned = {
    method: request.method,
    protocol: target[1],
    hostname: target[2],
    port: Number(target[3]),
    path: target[4],
    query,
    headers: { host: `${target[2]}:${target[3]}`, ...record(request.headers) },
    body: request.bytes.length === 0 ? undefined : request.bytes,
  };
  const signed = request.presign
    ? await signer.presign(unsigned, { expiresIn: request.expires })
    : await signer.sign(unsigned, request.date ? { signingDate: new Date(request.date) } : {});
  const pairs = Object.entries(signed.query).flatMap(([name, value]) =>
    [].concat(value).map((one) => `${escaped(name)}=${escaped(one)}`),
  );
  const url = `${target[1]}//${target[2]}:${target[3]}${target[4]}${pairs.length ? '?' + pairs.join('&') : ''}`;
  return { ...request, url, headers: lines(signed.headers) };
}

// RFC 9421

/** What the algorithms of RFC 9421 section 3.3 are in node:crypto, over keys as they are given: PEM, or base64 for HMAC. */
const ALGORITHMS = {
  'ed25519': { hash: null },
  'ecdsa-p256-sha256': { hash: 'sha256', dsaEncoding: 'ieee-p1363' },
  'ecdsa-p384-sha384': { hash: 'sha384', dsaEncoding: 'ieee-p1363' },
  'rsa-v1_5-sha256': { hash: 'sha256', padding: 1 },
  'rsa-pss-sha512': { hash: 'sha512', padding: 6, saltLength: 64 },
};

const mac = (request, data) => createHmac('sha256', Buffer.from(request.key, 'base64')).update(data).digest();

function rawSigner(request) {
  if (request.algorithm === 'hmac-sha256') {
    return (data) => mac(request, data);
  }
  const { hash, ...options } = ALGORITHMS[request.algorithm];
  const key = createPrivateKey(request.key);
  return (data) => rawSign(hash, data, { key, ...options });
}

function rawVerifier(request) {
  if (request.algorithm === 'hmac-sha256') {
    return (data, signature) => {
      const expected = mac(request, data);
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    };
  }
  const { hash, ...options } = ALGORITHMS[request.algorithm];
  const key = createPublicKey(request.key);
  return (data, signature) => rawVerify(hash, data, { key, ...options }, signature);
}

const withDigest = (request) =>
  request.components.includes('content-digest')
    ? adding(request, ['Content-Digest', `sha-256=:${createHash('sha256').update(request.bytes).digest('base64')}:`])
    : request;

/** "ownSigner" is how this library lets its user do the arithmetic; without it the library does. */
async function httpMessageSignatures(request) {
  const { httpbis, createSigner } = await import('http-message-signatures');
  const digested = withDigest(request);
  const key = request.ownSigner
    ? { id: request.keyId, alg: request.algorithm, sign: async (data) => rawSigner(request)(data) }
    : createSigner(
        request.algorithm === 'hmac-sha256' ? Buffer.from(request.key, 'base64') : request.key,
        request.algorithm,
        request.keyId,
      );
  const { created, expires, ...others } = request.parameters;
  const values = { ...others };
  if (created !== undefined) values.created = new Date(created * 1000);
  if (expires !== undefined) values.expires = new Date(expires * 1000);
  const signed = await httpbis.signMessage(
    {
      key,
      name: request.label,
      fields: request.components,
      params: [...Object.keys(request.parameters), 'keyid', 'alg'],
      paramValues: values,
    },
    { method: request.method, url: request.url, headers: merged(digested.headers) },
  );
  return { ...digested, headers: lines(signed.headers) };
}

/** Fields by name, in an array where a name repeats. */
function merged(headers) {
  const fields = {};
  for (const [name, value] of headers) {
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  return fields;
}

const component = (text, make) => {
  const key = /^"?([^"]+)"?;key="([^"]+)"$/.exec(text);
  return key ? make(key[1], { key: key[2] }) : text;
};

const descriptor = (request) => ({
  kind: 'request',
  method: request.method,
  targetUri: request.url,
  requestTarget: request.url.replace(/^[a-z]+:\/\/[^/]+/, ''),
  fields: request.headers.map(([name, value]) => ({ name, value })),
});

async function httpMessageSig(request) {
  const peer = await import('http-message-sig');
  const digested = withDigest(request);
  const fields = await peer.createSignature(descriptor(digested), {
    label: request.label,
    components: request.components.map((text) => component(text, peer.component)),
    parameters: { ...request.parameters, keyid: request.keyId, alg: request.algorithm },
    signer: { algorithm: request.algorithm, sign: rawSigner(request) },
  });
  return adding(digested, ['Signature-Input', fields.signatureInput], ['Signature', fields.signature]);
}

async function verifyHttpMessageSignatures(request) {
  const { httpbis, createVerifier } = await import('http-message-signatures');
  const verify = request.ownSigner
    ? async (data, signature) => rawVerifier(request)(data, signature)
    : createVerifier(
        request.algorithm === 'hmac-sha256' ? Buffer.from(request.key, 'base64') : request.key,
        request.algorithm,
      );
  const valid = await httpbis.verifyMessage(
    { keyLookup: async (params) => (params.keyid === request.keyId ? { id: request.keyId, algs: [request.algorithm], verify } : null) },
    { method: request.method, url: request.url, headers: merged(request.headers) },
  );
  return { valid: valid === true };
}

async function verifyHttpMessageSig(request) {
  const { verifySignature, isSignatureError } = await import('http-message-sig');
  try {
    const verified = await verifySignature(descriptor(request), {
      policy: { algorithms: [request.algorithm], requiredComponents: [], requiredParameters: ['keyid'] },
      resolveVerifier: () => ({ algorithm: request.algorithm, verify: rawVerifier(request) }),
    });
    return { valid: verified.parameters.keyid === request.keyId };
  } catch (e) {
    if (isSignatureError(e) && e.code === 'VerificationFailed') return { valid: false };
    throw e;
  }
}

// Webhooks

const text = (request) => request.bytes.toString('utf8');
const field = (request, name) => request.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];

/** What a verifier that throws says. */
async function accepts(verify) {
  try {
    return { valid: (await verify()) !== false };
  } catch (e) {
    return { valid: false, reason: String(e.message ?? e) };
  }
}

async function stripe(request) {
  const { default: Stripe } = await import('stripe');
  const header = Stripe.webhooks.generateTestHeaderString({
    payload: text(request),
    secret: request.secret,
    ...(request.timestamp === undefined ? {} : { timestamp: request.timestamp }),
  });
  return adding(request, ['Stripe-Signature', header]);
}

async function octokit(request) {
  const { sign } = await import('@octokit/webhooks-methods');
  return adding(request, ['X-Hub-Signature-256', await sign(request.secret, text(request))]);
}

/** The name and value pairs of a form, as Twilio's library takes them: an array where a name repeats. */
const form = (request) => merged([...new URLSearchParams(text(request))]);

async function twilioForm(request) {
  const { default: twilio } = await import('twilio/lib/webhooks/webhooks.js');
  const signature = twilio.getExpectedTwilioSignature(request.secret, request.publicUrl, form(request));
  return adding(request, ['X-Twilio-Signature', signature]);
}

/** A body that is no form is signed by way of its digest in the query. */
async function twilioJson(request) {
  const { default: twilio } = await import('twilio/lib/webhooks/webhooks.js');
  const query = (request.url.includes('?') ? '&' : '?') + 'bodySHA256=' + twilio.getExpectedBodyHash(text(request));
  const signature = twilio.getExpectedTwilioSignature(request.secret, request.publicUrl + query, {});
  return adding({ ...request, url: request.url + query }, ['X-Twilio-Signature', signature]);
}

const standard = (module) => async (request) => {
  const { Webhook } = await import(module);
  const moment = new Date((request.timestamp ?? Math.floor(Date.now() / 1000)) * 1000);
  const signature = new Webhook(request.secret).sign(request.id, moment, text(request));
  return adding(
    request,
    [`${request.prefix}-id`, request.id],
    [`${request.prefix}-timestamp`, String(moment.getTime() / 1000)],
    [`${request.prefix}-signature`, signature],
  );
};

const verifyStandard = (module) => async (request) => {
  const { Webhook } = await import(module);
  const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return accepts(() => void new Webhook(request.secret).verify(text(request), headers));
};

const PEERS = {
  'aws4': aws4,
  'smithy': smithy,
  'http-message-signatures': httpMessageSignatures,
  'http-message-sig': httpMessageSig,
  'stripe': stripe,
  'octokit': octokit,
  'twilio-form': twilioForm,
  'twilio-json': twilioJson,
  'standardwebhooks': standard('standardwebhooks'),
  'svix': standard('svix'),
  'verify:http-message-signatures': verifyHttpMessageSignatures,
  'verify:http-message-sig': verifyHttpMessageSig,
  'verify:stripe': async (request) => {
    const { default: Stripe } = await import('stripe');
    return accepts(() => void Stripe.webhooks.constructEvent(request.bytes, field(request, 'Stripe-Signature'), request.secret));
  },
  'verify:octokit': async (request) => {
    const { verify } = await import('@octokit/webhooks-methods');
    return accepts(() => verify(request.secret, text(request), field(request, 'X-Hub-Signature-256')));
  },
  'verify:twilio-form': async (request) => {
    const { default: twilio } = await import('twilio/lib/webhooks/webhooks.js');
    return accepts(() => twilio.validateRequest(request.secret, field(request, 'X-Twilio-Signature'), request.publicUrl, form(request)));
  },
  'verify:twilio-json': async (request) => {
    const { default: twilio } = await import('twilio/lib/webhooks/webhooks.js');
    return accepts(() => twilio.validateRequestWithBody(request.secret, field(request, 'X-Twilio-Signature'), request.publicUrl, text(request)));
  },
  'verify:standardwebhooks': verifyStandard('standardwebhooks'),
  'verify:svix': verifyStandard('svix'),
};

async function answer(line) {
  try {
    const request = JSON.parse(line);
    const result = await PEERS[request.peer]({ ...request, bytes: Buffer.from(request.body, 'base64') });
    if ('valid' in result) return result;
    const { method, url, headers, body } = result;
    return { method, url, headers, body };
  } catch (e) {
    return { error: String(e.stack ?? e) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await answer(line)) + '\n');
}
