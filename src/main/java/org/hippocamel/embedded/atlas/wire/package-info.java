/**
 * MongoDB's wire protocol: messages in, messages out, one thread for each connection. It knows
 * nothing about what a command means.
 */
package org.hippocamel.embedded.atlas.wire;
