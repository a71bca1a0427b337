export interface SettingTable {
  /** Empty for the server's own. */
  account: string;
  name: string;
  value: string;
}
