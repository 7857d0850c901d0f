export { type ImportReport, importIncidents, type ImportTools } from './servicenow/import-incidents.js';
export { ImportRefused } from './servicenow/import-refused.js';
export { type IncidentFile, readIncidents, type ReadIncidentsOptions } from './servicenow/incident-file.js';
export { type RejectedRow } from './servicenow/incident-row.js';
