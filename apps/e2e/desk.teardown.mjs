export default async function stopDeskOfJourneys() {
  await globalThis.stopDesk();
}
