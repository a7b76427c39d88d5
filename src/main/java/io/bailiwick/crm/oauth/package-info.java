/**
 * How a token for the CRM is had and kept fresh: Zoho's OAuth with a refresh token. Only the wiring
 * and {@code connect} make its objects. It never asks for more tokens than Zoho allows, never lets
 * two callers or two instances renew at the same time, and never tells a secret to anybody but the
 * accounts server.
 */
package io.bailiwick.crm.oauth;
