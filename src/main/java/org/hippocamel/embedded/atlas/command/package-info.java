/**
 * One class for each database command, and what they share: requests, replies, cursors. It may
 * import every other package of the embedded Atlas.
 */
package org.hippocamel.embedded.atlas.command;
