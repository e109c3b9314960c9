/**
 * The most characters an id of a source system may have. Ids stand in primary keys, and a key of
 * PostgreSQL's indexes holds 2,704 bytes: longer ones would stop every projection.
 */
export const identifierCharactersMax = 300;
/** The most characters of an object's own id: it stands in the leaf alone, which is shortened. */
export const objectIdCharactersMax = 1_000;
/** The most characters of a ledger-wide key: a legal entity, a node, an owner, a unit of measure. */
export const keyCharactersMax = 100;
/** The most characters of a free text, such as a reason. */
export const textCharactersMax = 2_000;
/** The most lines an order, a dispatch or a credit may have; above it the whole fact is refused. */
export const linesPerEventMax = 2_000;
/** The most units one line may move. */
export const quantityMax = 1_000_000_000;
