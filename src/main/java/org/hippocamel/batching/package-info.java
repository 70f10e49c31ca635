/**
 * When a batch of an aggregator leaves; what is in it is its capability's business. Imports Camel's
 * aggregate controller.
 */
package org.hippocamel.batching;
