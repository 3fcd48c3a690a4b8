export const shared = []
