/**
 * What stands at the door: reads request bodies into values, refuses bad ones field by field, and
 * knows API keys, tenants and roles. Imports problem, memory, the limits, Jackson and the JDK.
 */
package org.hippocamel.api;
