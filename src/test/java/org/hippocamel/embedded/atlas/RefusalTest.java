package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.WriteConcern;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest extends AtlasFixture {
  @BeforeEach
  void oneDocument() {
    database.getCollection("c").deleteMany(new Document());
    database.getCollection("c").insertOne(json("_id: 1, a: 1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {mapReduce: 'c'}                           | 59    | no such command: 'mapReduce'
          {bulkWrite: 1}                             | 59    | no such command: 'bulkWrite'
          {atlasVersion: 1}                          | 59    | no such command: 'atlasVersion'
          {find: 'c', filter: {a: {$near: 1}}}       | 2     | unknown operator: $near
          {find: 'c', filter: {$where: '1'}}         | 2     | unknown top level operator: $where
          {find: 'c', filter: {$expr: {$eq: [1,1]}}} | 2     | unknown top level operator: $expr
          {find: 'c', filter: {a: {$size: -1}}}      | 2     | non-negative integer
          {find: 'c', filter: {a: {$in: 1}}}         | 2     | $in needs an array
          {find: 'c', filter: {$or: []}}             | 2     | must be a nonempty array
          {find: 'c', filter: {a: {$regex: '('}}}    | 51091 | Regular expression is invalid
          {find: 'c', filter: 1}                     | 14    | BSON field 'find.filter' is the wrong type 'int', expected type 'object'
          {find: 'c', hint: 'a_1'}                   | 40415 | BSON field 'find.hint' is an unknown field.
          {find: 'c', collation: {locale: 'de'}}     | 40415 | BSON field 'find.collation' is an unknown field.
          {find: 'c', tailable: true}                | 40415 | BSON field 'find.tailable' is an unknown field.
          {find: 'c', limit: -1}                     | 51024 | value must be >= 0
          {find: 'c', sort: {a: 2}}                  | 15975 | $sort key ordering must be 1
          {find: 'c', projection: {a: {$slice: 1}}}  | 16020 | Expression $slice takes exactly 2
          {find: 'c', projection: {a: {$foo: 1}}}    | 168   | Unrecognized expression '$foo'
          {find: 1}                                  | 73    | collection name has invalid type int
          {find: ''}                                 | 73    | Invalid namespace specified 'test.'
          {aggregate: 'c', pipeline: [{$out: 'd'}], cursor: {}}    | 40324 | Unrecognized pipeline stage name: '$out'
          {aggregate: 'c', pipeline: [{$unionWith: 'd'}], cursor: {}} | 40324 | Unrecognized pipeline stage name: '$unionWith'
          {aggregate: 'c', pipeline: [{$lookup: 1}], cursor: {}}   | 9     | must be an object
          {aggregate: 'c', pipeline: [{$lookup: {}}], cursor: {}}  | 9     | must specify 'as' field
          {aggregate: 'c', pipeline: [{$lookup: {as: 'a', from: 'd', pipeline: []}}], cursor: {}} | 9 | requires both 'localField' and 'foreignField'
          {aggregate: 'c', pipeline: [{$lookup: {as: 'a', let: {}}}], cursor: {}} | 9 | unknown argument to $lookup: let
          {aggregate: 'c', pipeline: [{$lookup: {as: 1, from: 'd', localField: 'a', foreignField: 'b'}}], cursor: {}} | 9 | must be a string
          {aggregate: 'c', pipeline: [{$lookup: {as: 'a', from: 'd', localField: 'a', foreignField: 'b', pipeline: 1}}], cursor: {}} | 14 | must be an array of objects
          {aggregate: 'c', pipeline: [{$lookup: {as: 'a', from: 'd', localField: 'a', foreignField: 'b', pipeline: [{$vectorSearch: {}}]}}], cursor: {}} | 51047 | $vectorSearch is not allowed
          {aggregate: 'c', pipeline: [{$limit: 0}], cursor: {}}    | 15958 | the limit must be positive
          {aggregate: 'c', pipeline: [{$skip: -1}], cursor: {}}    | 15956 | the skip must be non-negative
          {aggregate: 'c', pipeline: [{$limit: 1, $skip: 1}], cursor: {}} | 40323 | exactly one field
          {aggregate: 'c', pipeline: [{$project: {}}], cursor: {}} | 51272 | must have at least one field
          {aggregate: 'c', pipeline: [{$group: {a: 1}}], cursor: {}} | 15955 | must include an _id
          {aggregate: 'c', pipeline: [{$group: {_id: 1, a: {$foo: 1}}}], cursor: {}} | 15952 | unknown group operator '$foo'
          {aggregate: 'c', pipeline: [{$match: {}}, {$vectorSearch: {}}], cursor: {}} | 40602 | $vectorSearch is only valid as the first stage
          {aggregate: 'c', pipeline: [{$project: {s: {$meta: 'vectorSearchScore'}}}], cursor: {}} | 40218 | metadata, but it is not available
          {aggregate: 'c', pipeline: [{$project: {s: {$meta: 'textScore'}}}], cursor: {}} | 17308 | Unsupported argument to $meta: textScore
          {aggregate: 'c', pipeline: []}             | 9     | The 'cursor' option is required
          {aggregate: 'c', pipeline: [], cursor: {}, explain: true} | 40415 | 'aggregate.explain'
          {insert: 'c', documents: []}               | 2     | Write batch sizes must be between 1 and 100000
          {insert: 'c', documents: [{a: 1}], writeConcern: {w: 0}} | 2 | is not supported
          {find: 'c', readConcern: {level: 'linearizable'}} | 72 | read concern level
          {update: 'c', updates: [{q: {}, u: {$set: {b: 1}}, upsert: 'yes'}]} | 14 | of unexpected type STRING
          {insert: 'c', docs: []}                    | 40415 | BSON field 'insert.docs' is an unknown field.
          {insert: 'c'}                              | 40414 | BSON field 'insert.documents' is missing
          {insert: 'c', documents: [{a: 1}], txnNumber: 1} | 40415 | 'insert.txnNumber'
          {delete: 'c', deletes: [{q: {}, limit: 2}]}| 9     | must be 0 or 1
          {delete: 'c', deletes: [{q: {}, limit: 0, collation: {}}]} | 40415 | 'delete.deletes.collation'
          {findAndModify: 'c', query: {}}            | 9     | Either an update or remove=true
          {findAndModify: 'c', remove: true, new: true} | 9  | Cannot specify both new=true
          {create: 'd', capped: true}                | 72    | capped collections are not supported
          {create: 'd', validator: {}}               | 40415 | BSON field 'create.validator' is an unknown field.
          {create: 'c'}                              | 48    | already exists
          {listIndexes: 'absent'}                    | 26    | ns does not exist
          {dropIndexes: 'c', index: 'absent'}        | 27    | index not found with name [absent]
          {getMore: {$numberLong: '5'}, collection: 'c'} | 43 | cursor id 5 not found
          {createIndexes: 'c', indexes: [{key: {a: 'text'}, name: 'x'}]} | 67 | Index type 'text' is not supported
          {createIndexes: 'c', indexes: [{key: {a: 1}, name: 'x', partialFilterExpression: {}}]} | 197 | 'partialFilterExpression' is not valid
          {createIndexes: 'c', indexes: [{key: {a: 1}, name: 'x', collation: {}}]} | 197 | 'collation' is not valid
          {createSearchIndexes: 'absent', indexes: []} | 26  | does not exist
          {dropSearchIndex: 'c', name: 'absent'}     | 27    | 'absent' not found
          """)
  void command_isRefused(String command, int code, String message) {
    refuses(code, message, () -> command(command));
  }

  @Test
  void unacknowledgedWrites_endTheConnection() {
    collection.withWriteConcern(WriteConcern.UNACKNOWLEDGED).insertOne(json("_id: 1"));
    assertEquals(0, collection.countDocuments());
  }

  @Test
  void start_refusesAddressesThatOthersCanReach(@TempDir Path directory) {
    AtlasOptions options = AtlasOptions.in(directory);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new AtlasOptions(
                    directory,
                    "0.0.0.0",
                    0,
                    options.exactSearchLimit(),
                    options.ttlInterval(),
                    false,
                    options.searchRefreshDelay()));
    assertTrue(refused.getMessage().contains("not a loopback address"));
  }
}
