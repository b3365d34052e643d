// A certified OpenID provider on a free port of this machine, for made-up people: whoever signs in as NAME is
// NAME@x.example, verified unless the name begins with "unverified". Prints its issuer, reads from its input the address
// that it may lead back to, and ends when that input ends.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

import { Provider } from "oidc-provider";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
let answer = (_, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));

const lines = createInterface({ input: process.stdin });
lines.once("line", (redirect) => {
    const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
        clients: [
            {
                client_id: process.env.CLIENT_ID,
                client_secret: process.env.CLIENT_SECRET,
                redirect_uris: [redirect],
                response_types: ["code"],
                grant_types: ["authorization_code"],
            },
        ],
        claims: { openid: ["sub"], email: ["email", "email_verified"] },
        findAccount: (_, name) => ({
            accountId: name,
            claims: () => ({
                sub: name,
                email: `${name}@x.example`,
                email_verified: !name.startsWith("unverified"),
            }),
        }),
        pkce: { required: () => true },
        cookies: { keys: ["made up for tests"] },
        jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
        ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 600, Session: 600 },
    });
    answer = provider.callback();
    console.log("ready");
});
lines.once("close", () => process.exit());
