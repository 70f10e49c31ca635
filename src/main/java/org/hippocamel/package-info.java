/**
 * Puts the bundle together and starts it: settings, embedded servers, beans, Camel. The only
 * package that may depend on all others; nothing depends on it.
 */
package org.hippocamel;
