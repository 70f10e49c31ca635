/**
 * What was embedded, month by month, and what it costs here and at a paid API. Imports embedding,
 * whose counts it keeps.
 */
package org.hippocamel.usage;
