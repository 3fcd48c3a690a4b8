export async function shots() {}
