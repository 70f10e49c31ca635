/**
 * The embedded Atlas: a small server that speaks MongoDB's wire protocol over a directory. It
 * imports nothing else of Hippocamel and is met through a MongoDB driver only.
 */
package org.hippocamel.embedded.atlas;
