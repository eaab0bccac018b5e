import type { Format } from '@main/interchange/format'
import { avaCsv } from './ava-csv'
import { classNames } from './class-list'
import { cocoVideo } from './coco-video'
import { crowdAnswers } from './crowd-answers'
import { cvatImages } from './cvat-images'
import { cvatVideo } from './cvat-video'
import { datumaro } from './datumaro'
import { diveJson } from './dive-json'
import { folders } from './folders'
import { hmdb51 } from './hmdb51'
import { jsonLines } from './json-lines'
import { kineticsCsv } from './kinetics-csv'
import { labelCsv } from './label-csv'
import { labelStudio } from './label-studio'
import { matrix } from './matrix'
import { mot } from './mot'
import { olympicLists } from './olympic-lists'
import { turkResults } from './turk-results'
import { shards } from './shards'
import { tables } from './tables'
import { ucf24 } from './ucf24'
import { via2Csv } from './via2-csv'
import { via3 } from './via3'
import { via3Csv } from './via3-csv'
import { viameCsv } from './viame-csv'
import { videoLists } from './video-lists'
import { viper } from './viper'

/** Every format. A new one is a file beside this and a line here; of equally sure ones the first is taken. */
export const allFormats: readonly Format[] = [
  jsonLines,
  turkResults,
  crowdAnswers,
  labelCsv,
  cvatVideo,
  cvatImages,
  labelStudio,
  via3,
  via3Csv,
  via2Csv,
  mot,
  cocoVideo,
  viameCsv,
  diveJson,
  datumaro,
  avaCsv,
  ucf24,
  viper,
  matrix,
  kineticsCsv,
  videoLists,
  hmdb51,
  olympicLists,
  classNames,
  folders,
  tables,
  shards,
]
