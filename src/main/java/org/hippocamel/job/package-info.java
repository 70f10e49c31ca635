/**
 * Long work: the collection {@code jobs}, who works on a job and how far it is. Imports problem,
 * config, the names of memories and BSON.
 */
package org.hippocamel.job;
