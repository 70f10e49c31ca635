/**
 * Models of the user's own on the embedded server, and the routes that need one. The models are
 * written here, of a few words each, so that every answer can be worked out by hand.
 */
package org.hippocamel.embedded.tei.own;
