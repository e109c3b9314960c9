let isClaimed = false;

/**
 * Claims this process's one appending connection, and gives what releases it.
 *
 * @throws Error when another connection holds it.
 */
export function claimAppending(): () => void {
  if (isClaimed) {
    throw new Error(
      "This process already appends through another event store connection. Share that one, close it first, or connect with access: 'read'.",
    );
  }
  isClaimed = true;
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    isClaimed = false;
  };
}
