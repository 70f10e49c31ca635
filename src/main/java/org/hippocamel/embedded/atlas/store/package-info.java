/**
 * Documents, indexes and the change log in one MVStore file. It may import the query package and
 * the interface of the search package.
 */
package org.hippocamel.embedded.atlas.store;
