// Sets Zoho's own library up for a sandbox at a given address, as its documentation says.
// By its main module alone: its parts import each other in circles.
import * as ZOHOCRMSDK from "@zohocrm/nodejs-sdk-8.0";

/** Token store and field details are kept in `folder`; the refresh token is the sandbox's own. */
export async function initialize(base, folder) {
  const { Environment, OAuthBuilder, SDKConfigBuilder, InitializeBuilder, FileStore } = ZOHOCRMSDK;
  const environment = new Environment(base, base + "/oauth/v2/token", base);
  const oauth = new OAuthBuilder()
    .clientId("1000.SANDBOXCLIENT")
    .clientSecret("sandbox-client-secret")
    .refreshToken("1000.sandbox-refresh-token")
    .build();
  const config = new SDKConfigBuilder().autoRefreshFields(false).pickListValidation(false).build();
  const builder = await new InitializeBuilder();
  await builder
    .environment(environment)
    .token(oauth)
    .store(new FileStore(folder + "/tokens.txt"))
    .SDKConfig(config)
    .resourcePath(folder)
    .initialize();
}

const ROOT = "@zohocrm/nodejs-sdk-8.0/lib/core/com/zoho/crm/api/";

/** A class of the library by its file and name. */
export async function load(file, name) {
  return (await import(ROOT + file + ".js"))[name];
}
