/** The partition that ARNs of a region name: AWS's own regions have theirs, every other name is in `aws`. */
export function partitionOf(region: string): string {
  if (region === 'cn-north-1' || region === 'cn-northwest-1') return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
