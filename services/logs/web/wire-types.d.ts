/** A line as the service sends it. `id` is its cursor, `time` is in milliseconds since the Unix epoch. */
export type Line = {
  id: string;
  time: number;
  service: string;
  instance: string;
  level?: string;
  message?: string;
  trace?: string;
  room?: string;
  peer?: string;
  text: string;
  isJson: boolean;
  isCut: boolean;
};

export type Progress = { searchedBytes: number; totalBytes: number };
export type Sources = { services: { name: string; instances: string[] }[]; files: number; bytes: number };
export type Page = { order: 'newest' | 'oldest'; cursor?: string | undefined; limit?: number };
export type PageEvent = {
  progress?: Progress;
  lines?: Line[];
  end?: { next: string | null; progress: Progress };
};
export type PageListener = { onLines: (lines: Line[]) => void; onProgress: (progress: Progress) => void };
