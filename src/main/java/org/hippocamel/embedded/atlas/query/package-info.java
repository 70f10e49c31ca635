/**
 * MongoDB's query language: BSON order, paths, filters, sorts, and the error codes. It depends on
 * org.bson alone.
 */
package org.hippocamel.embedded.atlas.query;
