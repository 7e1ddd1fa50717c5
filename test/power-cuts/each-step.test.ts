import { killAtEachStep } from './each-step.ts'

killAtEachStep('postgresql')
