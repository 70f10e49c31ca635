/**
 * What stands at the door: reads request bodies and filters into the capabilities' values, refuses
 * bad ones field by field, words the replies, and knows API keys, tenants and roles. Imports the
 * capabilities (none of them imports it), problem, the limits, Jackson and the JDK.
 */
package org.hippocamel.api;
