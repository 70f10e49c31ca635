/**
 * Live searches asked of a second space as well, unseen by their callers: how alike the answers are
 * and how long they take. Imports recall, spaces, eval's intervals and BSON.
 */
package org.hippocamel.shadow;
