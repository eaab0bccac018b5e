import type { Format } from '@main/interchange/format'
import { avaCsv } from './ava-csv'
import { cocoVideo } from './coco-video'
import { cvatImages } from './cvat-images'
import { cvatVideo } from './cvat-video'
import { datumaro } from './datumaro'
import { diveJson } from './dive-json'
import { labelCsv } from './label-csv'
import { labelStudio } from './label-studio'
import { mot } from './mot'
import { ucf24 } from './ucf24'
import { via2Csv } from './via2-csv'
import { via3 } from './via3'
import { via3Csv } from './via3-csv'
import { viameCsv } from './viame-csv'
import { viper } from './viper'

/** Every format. A new one is a file beside this and a line here; of equally sure ones the first is taken. */
export const allFormats: readonly Format[] = [
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
]
