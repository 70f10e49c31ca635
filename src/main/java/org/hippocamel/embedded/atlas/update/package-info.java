/**
 * MongoDB's update language: replacement documents and the update operators. It depends on org.bson
 * and the query package alone.
 */
package org.hippocamel.embedded.atlas.update;
